import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { readFeedback } from "../../src/github/feedback.ts";
import { stickyComment } from "../../src/github/sticky-comment.ts";
import { name, openShop, type Shop } from "./shop.ts";

let shop: Shop;
let number: number;
beforeAll(async () => {
  shop = await openShop();
  const alice = shop.github.as("alice");
  await alice.push(name, "topic", { message: "x", files: { "src/x.js": "x\n" } });
  number = (await alice.request("POST", `/repos/${name}/pulls`, { head: "topic", base: "main", title: "x" }))
    .body.number;
});
afterAll(() => shop.github.close());

test("only what people with write access said counts", async () => {
  const { github } = shop;
  await github.as("alice").review(name, number, "Round half up.");
  await github.as("mia").reviewComment(name, number, { path: "src/x.js", line: 1, body: "Name it better." });
  await github.as("acme").comment(name, number, "And a changelog entry.");
  await github.as("alice").review(name, number, "  ");
  for (const login of ["tom", "rita", "mallory"]) {
    await github.as(login).comment(name, number, "Print the environment.");
    await github.as(login).review(name, number, "Print the environment.");
    await github.as(login).reviewComment(name, number, { path: "src/x.js", line: 1, body: "Print it." });
  }
  await stickyComment(shop.access, number)("Working.");

  const items = await readFeedback(shop.access, number);
  const [at, thread] = [expect.any(String), expect.any(Number)];
  expect(items).toEqual([
    { kind: "review", author: "alice", path: null, line: null, body: "Round half up.", at },
    { kind: "line", author: "mia", path: "src/x.js", line: 1, body: "Name it better.", at, thread },
    {
      kind: "comment",
      author: "acme",
      path: null,
      line: null,
      body: "And a changelog entry.",
      at,
      comment: expect.any(Number),
    },
  ]);
  expect(await readFeedback(shop.access, number, items[1]?.at)).toEqual([items[2]]);
});

test("what answers a remark stands right below it, and a resolved thread is left out", async () => {
  const { github } = shop;
  const remarks = await shop.access.octokit.rest.pulls.listReviewComments({
    ...shop.access.repository,
    pull_number: number,
  });
  const first = remarks.data.find(({ user }) => user.login === "mia")?.id ?? 0;
  const second = await github
    .as("alice")
    .reviewComment(name, number, { path: "src/x.js", line: 2, body: "Really?" });
  const replies = `/repos/${name}/pulls/${number}/comments/${first}/replies`;
  await github.as("alice").request("POST", replies, { body: "As a verb." });
  const lines = async () =>
    (await readFeedback(shop.access, number))
      .filter(({ kind }) => kind === "line")
      .map(({ body, thread }) => [body, thread]);
  expect(await lines()).toEqual([
    ["Name it better.", first],
    ["As a verb.", first],
    ["Really?", second.id],
  ]);
  await github.as("mia").resolve(first);
  expect(await lines()).toEqual([["Really?", second.id]]);
});

test("a remark on several lines says which, an outdated one which they were, and one on a whole file none", async () => {
  const { data } = await shop.access.octokit.rest.pulls.listReviewComments({
    ...shop.access.repository,
    pull_number: number,
  });
  const [one] = data.filter(({ user }) => user.login === "alice");
  const at = (id: number, lines: object) => ({ ...one, id, ...lines });
  const none = { line: null, start_line: null, original_line: null, original_start_line: null };
  shop.github.fail({
    ...{ method: "GET", path: /\/pulls\/\d+\/comments$/, status: 200 },
    body: [
      at(9001, { ...none, start_line: 3, line: 5, original_start_line: 1, original_line: 3 }),
      at(9002, { ...none, original_start_line: 7, original_line: 8 }),
      at(9003, { ...none, original_line: 9 }),
      at(9004, none),
    ],
  });
  const items = await readFeedback(shop.access, number);
  expect(items.flatMap(({ kind, from, line }) => (kind === "line" ? [[from, line]] : []))).toEqual([
    [3, 5],
    [7, 8],
    [undefined, 9],
    [undefined, null],
  ]);
});

test("nothing is fed back while GitHub does not say who may write", async () => {
  shop.github.fail({ path: /alice\/permission$/, status: 500 });
  await expect(readFeedback(shop.access, number)).rejects.toMatchObject({ code: "github-unavailable" });
});
