import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { setVerdictLabel, verdictLabels } from "../../src/github/verdict-label.ts";
import { name, openShop, type Shop, see, writes } from "./shop.ts";

let shop: Shop;
let number: number;
beforeEach(async () => {
  shop = await openShop();
  const alice = shop.github.as("alice");
  await alice.push(name, "topic", {
    message: "Raise it",
    files: { "src/price.js": "export const vat = 20;\n" },
  });
  const { body } = await alice.request("POST", `/repos/${name}/pulls`, {
    ...{ head: "topic", base: "main", title: "Raise it" },
  });
  number = body.number;
});
afterEach(() => shop.github.close());

const labels = async (path = `/issues/${number}/labels`): Promise<string[]> =>
  (await see(shop.github, path)).map((label: { name: string }) => label.name).sort();

test("exactly one of the four, which is made once, and every other label stays", async () => {
  await shop.github.as("alice").label(name, number, "vat");
  await setVerdictLabel(shop.access, number, "failed");
  expect(await labels()).toEqual(["firstdraft: failed", "vat"]);
  await setVerdictLabel(shop.access, number, "verified");
  expect(await labels()).toEqual(["firstdraft: verified", "vat"]);
  await setVerdictLabel(shop.access, number, "failed");
  expect(await labels()).toEqual(["firstdraft: failed", "vat"]);
  expect(writes(shop.github).filter((write) => write === "POST /labels")).toHaveLength(2);
  const { color, description } = verdictLabels.failed;
  expect(await see(shop.github, "/labels/firstdraft:%20failed")).toMatchObject({ color, description });
});

test("nothing is written where it stands already", async () => {
  await setVerdictLabel(shop.access, number, "tests-pass");
  const before = writes(shop.github).length;
  await setVerdictLabel(shop.access, number, "tests-pass");
  expect(writes(shop.github)).toHaveLength(before);
  expect(await labels()).toEqual(["firstdraft: tests pass"]);
});

test("one that somebody made keeps its colour, one that somebody took away meanwhile is no failure", async () => {
  const alice = shop.github.as("alice");
  await alice.request("POST", `/repos/${name}/labels`, { name: "firstdraft: verified", color: "000000" });
  await setVerdictLabel(shop.access, number, "failed");
  shop.github.fail({ method: "DELETE", path: /\/labels\//, status: 404 });
  await setVerdictLabel(shop.access, number, "verified");
  expect(await labels()).toContain("firstdraft: verified");
  expect(await see(shop.github, "/labels/firstdraft:%20verified")).toMatchObject({ color: "000000" });
});

test("made by another run between the question and the making: taken as it is", async () => {
  await setVerdictLabel(shop.access, number, "unverified");
  await setVerdictLabel(shop.access, number, "verified");
  shop.github.fail({ method: "GET", path: /\/labels\/firstdraft/, status: 404 });
  await setVerdictLabel(shop.access, number, "unverified");
  expect(await labels()).toEqual(["firstdraft: unverified"]);
});

test("where GitHub allows none, the verdict that no longer holds is gone all the same", async () => {
  await setVerdictLabel(shop.access, number, "verified");
  shop.github.fail({ method: "POST", path: /\/labels$/, status: 403 });
  await expect(setVerdictLabel(shop.access, number, "failed")).rejects.toMatchObject({
    code: "github-forbidden",
  });
  expect(await labels()).toEqual([]);
});
