import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { mayWrite } from "../../src/github/permission.ts";
import { openShop, type Shop } from "./shop.ts";

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop.github.close());

test.each([
  ["acme", true],
  ["mia", true],
  ["alice", true],
  ["tom", false],
  ["rita", false],
  ["mallory", false],
])("%s may write: %s", async (login, expected) => {
  expect(await mayWrite(shop.access, login)).toBe(expected);
});

test.each([
  [{ role_name: "release-captain", permission: "write" }, true],
  [{ role_name: "security-reader", permission: "read" }, false],
  // `permission` says `write` for maintain, and `read` for triage: the role is asked first.
  [{ role_name: "triage", permission: "write" }, false],
])("role %j counts as writing: %s", async (answer, expected) => {
  shop.github.fail({ path: /carl\/permission$/, status: 200, body: answer });
  expect(await mayWrite(shop.access, "carl")).toBe(expected);
});

test("an account that does not exist is no yes", async () => {
  await expect(mayWrite(shop.access, "nobody")).rejects.toMatchObject({ code: "github-not-found" });
});

test("no answer is no yes", async () => {
  shop.github.fail({ path: /\/permission$/, status: 503 });
  await expect(mayWrite(shop.access, "alice")).rejects.toMatchObject({ code: "github-unavailable" });
});
