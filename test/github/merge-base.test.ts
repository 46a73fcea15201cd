import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { mergeBase } from "../../src/github/merge-base.ts";
import { readPullRequest } from "../../src/github/pull-request.ts";
import { name, openShop, type Shop, see } from "./shop.ts";

let shop: Shop;
let start: string;
let head: string;
beforeAll(async () => {
  shop = await openShop();
  start = (await see(shop.github, "/git/ref/heads/main")).object.sha;
  const alice = shop.github.as("alice");
  head = await alice.push(name, "topic", { message: "Topic", files: { "a.txt": "a\n" } });
  await alice.push(name, "main", { message: "Meanwhile", files: { "b.txt": "b\n" } });
});
afterAll(() => shop.github.close());

test("where a branch left the other, however far that has gone since", async () => {
  const main = (await see(shop.github, "/git/ref/heads/main")).object.sha;
  expect(await mergeBase(shop.access, main, head)).toBe(start);
});

test("no history in common is no failure, and an answer that does not come is none", async () => {
  const { tree } = await see(shop.github, `/git/commits/${head}`);
  const orphan = await shop.github.as("alice").request("POST", `/repos/${name}/git/commits`, {
    ...{ message: "Alone", tree: tree.sha, parents: [] },
  });
  expect(await mergeBase(shop.access, start, orphan.body.sha)).toBeNull();
  shop.github.fail({ path: /\/compare\//, status: 502 });
  await expect(mergeBase(shop.access, start, head)).rejects.toMatchObject({ code: "github-unavailable" });
});

test("a pull request of anybody's, with what it is to go into", async () => {
  const body = { head: "topic", base: "main", title: "Topic" };
  const { body: made } = await shop.github.as("mia").request("POST", `/repos/${name}/pulls`, body);
  expect(await readPullRequest(shop.access, made.number)).toMatchObject({
    ...{ number: made.number, author: "mia", headSha: head, fromFork: false, state: "open" },
    base: { branch: "main", sha: made.base.sha },
  });
  expect(await readPullRequest(shop.access, 999)).toBeNull();
});
