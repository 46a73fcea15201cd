import { expect, test } from "@jest/globals";
import { addressesIn } from "../../src/verify/prepare/hosts/ask-client.ts";

test("of what a client says its addresses are taken, without what signs in there", () => {
  const said = [
    "https://user:hunter2hunter2@pip.example/simple",
    "sparse+https://token@crates.example:8443/index/",
    "<url>https://maven.example/a@b?x=@",
    "Cannot reach https://not.example",
  ];
  expect(addressesIn(said.join("\n"))).toEqual([
    "https://pip.example/simple",
    "https://crates.example:8443/index/",
    "https://maven.example/a@b?x=@",
  ]);
});
