import { expect, test } from "@jest/globals";
import { openSandbox } from "../../../src/sandbox/open-sandbox.ts";
import { type Files, fixture } from "../repository.ts";
import { verifyChange } from "../verifying.ts";
import { inShort } from "./in-short.ts";
import { needs } from "./needs.ts";

const sandbox = await openSandbox({ provider: "bubblewrap", acceptNoSandbox: false });
const crate = (name: string, more = "") =>
  `[package]\nname = "${name}"\nversion = "0.1.0"\nedition = "2021"\n\n[dependencies]\n${more}`;
const lock = `version = 3

[[package]]
name = "cart"
version = "0.1.0"
dependencies = [
 "sums",
]

[[package]]
name = "sums"
version = "0.1.0"
`;

/** A workspace without a package at its root; `cart` uses `sums`. */
const base: Files = {
  "Cargo.toml": '[workspace]\nresolver = "2"\nmembers = ["crates/*"]\n',
  "Cargo.lock": lock,
  "crates/sums/Cargo.toml": crate("sums"),
  "crates/sums/src/lib.rs":
    "pub fn add(a: i64, b: i64) -> i64 {\n    a - b\n}\n\npub fn sum(list: &[i64]) -> i64 {\n    list.iter().sum()\n}\n",
  "crates/sums/tests/sum.rs": "#[test]\nfn sums_nothing() {\n    assert_eq!(sums::sum(&[]), 0);\n}\n",
  "crates/cart/Cargo.toml": crate("cart", 'sums = { path = "../sums" }\n'),
  "crates/cart/src/lib.rs": "pub fn total(prices: &[i64]) -> i64 {\n    sums::sum(prices)\n}\n",
  "crates/cart/tests/cart.rs": "#[test]\nfn totals() {\n    assert_eq!(cart::total(&[1, 2]), 3);\n}\n",
};
const added = {
  "crates/sums/tests/add.rs": "#[test]\nfn adds() {\n    assert_eq!(sums::add(1, 2), 3);\n}\n",
};
const source = String(base["crates/sums/src/lib.rs"]);

needs("cargo", "--version", "cargo");

test("a change in one crate is proved, and the crate that uses it is tested too", async () => {
  using on = await fixture(base);
  const mended = { ...added, "crates/sums/src/lib.rs": source.replace("a - b", "a + b") };
  const verification = await verifyChange(on, mended, { sandbox });
  expect(verification).toMatchObject({ verdict: "verified", testCommand: "cargo test --workspace" });
  expect(
    inShort(verification)
      .map((line) => line.replace(/^\S+ /, ""))
      .sort(),
  ).toEqual([
    "adds: absent failed passed",
    "sums_nothing: passed passed passed",
    "totals: passed passed passed",
  ]);
});

test("what breaks the crate that uses it is seen", async () => {
  using on = await fixture(base);
  const breaking = source.replace("a - b", "a + b").replace("list.iter().sum()", "list.len() as i64 * 0");
  const verification = await verifyChange(on, { ...added, "crates/sums/src/lib.rs": breaking }, { sandbox });
  expect(verification).toMatchObject({ verdict: "failed", reason: "tests-broken" });
});
