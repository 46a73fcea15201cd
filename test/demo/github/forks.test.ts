import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { git } from "../../../src/demo/github/git.ts";
import { startGitHub } from "../../../src/demo/github/start.ts";
import type { LocalGitHub } from "../../../src/demo/github/types.ts";

let github: LocalGitHub;
beforeAll(async () => {
  github = await startGitHub({
    repositories: [
      { owner: "acme", name: "shop", files: { "a.txt": "a\n" } },
      { owner: "mallory", name: "shop", forkOf: "acme/shop" },
    ],
    users: [{ login: "alice", role: "write" }],
  });
});
afterAll(() => github.close());

const as = async (token: string, method: string, path: string, body?: unknown) => {
  const response = await fetch(`${github.apiUrl}${path}`, {
    ...{ method, headers: { authorization: `token ${token}`, "content-type": "application/json" } },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: JSON.parse((await response.text()) || "null") };
};

test("a fork begins as its parent, and what is pushed to it can be had from the parent by its SHA", async () => {
  const mallory = github.as("mallory");
  const start = (await mallory.request("GET", "/repos/acme/shop/git/ref/heads/main")).body.object.sha;
  expect((await mallory.request("GET", "/repos/mallory/shop/git/ref/heads/main")).body.object.sha).toBe(
    start,
  );
  const head = await mallory.push("mallory/shop", "topic", { message: "one", files: { "b.txt": "b\n" } });
  const made = await mallory.request("POST", "/repos/acme/shop/pulls", {
    ...{ head: "mallory:topic", base: "main", title: "x" },
  });
  expect(made).toMatchObject({
    status: 201,
    body: { head: { sha: head, repo: { full_name: "mallory/shop" } }, base: { sha: start } },
  });
  const compared = await mallory.request("GET", `/repos/acme/shop/compare/${start}...${head}`);
  expect(compared.body).toMatchObject({ ahead_by: 1, merge_base_commit: { sha: start } });
  const branches = await git(await github.gitDir("acme", "shop"), ["for-each-ref", "refs/heads"]);
  expect(branches.toString().trim().split("\n")).toHaveLength(1);

  const next = await mallory.push("mallory/shop", "topic", { message: "two", files: { "b.txt": "c\n" } });
  const { body } = await mallory.request("GET", `/repos/acme/shop/pulls/${made.body.number}`);
  expect(body.head.sha).toBe(next);
});

test("a workflow's token has the rights that the workflow asks for", async () => {
  const alice = github.as("alice");
  await alice.push("acme/shop", "mine", { message: "mine", files: { "c.txt": "c\n" } });
  const { body: pull } = await alice.request("POST", "/repos/acme/shop/pulls", {
    ...{ head: "mine", base: "main", title: "y" },
  });
  const { number: issue } = await alice.openIssue("acme/shop", { title: "z" });
  const at = (number: number, what: string) => `/repos/acme/shop/issues/${number}/${what}`;
  const refused = { status: 403, body: { message: "Resource not accessible by integration" } };

  const reads = await github.actionsToken("acme", {
    contents: "read",
    pull_requests: "read",
    checks: "read",
  });
  expect(await as(reads, "GET", `/repos/acme/shop/pulls/${pull.number}`)).toMatchObject({ status: 200 });
  expect(await as(reads, "POST", at(pull.number, "comments"), { body: "x" })).toMatchObject(refused);
  expect(await as(reads, "POST", at(pull.number, "labels"), { labels: ["x"] })).toMatchObject(refused);

  const writes = await github.actionsToken("acme", { contents: "read", pull_requests: "write" });
  expect((await as(writes, "POST", at(pull.number, "comments"), { body: "x" })).status).toBe(201);
  expect(await as(writes, "POST", at(issue, "comments"), { body: "x" })).toMatchObject(refused);
  expect(await as(writes, "POST", "/repos/acme/shop/labels", { name: "x" })).toMatchObject({
    ...{ status: 403, body: { message: expect.stringContaining("permission to create labels") } },
  });
  await alice.request("POST", "/repos/acme/shop/labels", { name: "x" });
  expect((await as(writes, "POST", at(pull.number, "labels"), { labels: ["x"] })).status).toBe(200);
});
