import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { startGitHub } from "../../../src/demo/github/start.ts";
import type { LocalGitHub } from "../../../src/demo/github/types.ts";

let github: LocalGitHub;
beforeAll(async () => {
  github = await startGitHub({
    repositories: [
      { owner: "acme", name: "shop", files: { "a.txt": "a\n" } },
      { owner: "acme", name: "vault", files: { "a.txt": "a\n" }, private: true, defaultBranch: "trunk" },
      { owner: "acme", name: "empty" },
    ],
    users: [{ login: "alice", role: "write" }, { login: "tom", role: "triage" }, { login: "mallory" }],
  });
});
afterAll(() => github.close());

const ask = async (token: string | null, path: string, init: RequestInit = {}) => {
  const headers = token ? { authorization: `token ${token}` } : {};
  const response = await fetch(`${github.apiUrl}${path}`, { ...init, headers });
  return { status: response.status, body: JSON.parse(await response.text()) };
};

test("answers below /api/v3 and at the root alike, with its own address in what it says", async () => {
  const below = await ask(github.token("alice"), "/repos/acme/shop");
  const root = await (await fetch(`${github.url}/repos/acme/shop`)).json();
  expect(below.body.clone_url).toBe(`${github.url}/acme/shop.git`);
  expect(root).toMatchObject({
    full_name: "acme/shop",
    private: false,
    archived: false,
    default_branch: "main",
  });
  expect((await ask(github.token("acme"), "/repos/acme/vault")).body).toMatchObject({
    private: true,
    visibility: "private",
    default_branch: "trunk",
  });
});

test("pages link to its own address", async () => {
  for (let each = 0; each < 3; each += 1)
    await github.as("alice").openIssue("acme/shop", { title: `Issue ${each}` });
  const response = await fetch(`${github.apiUrl}/repos/acme/shop/issues?per_page=1`);
  expect(response.headers.get("link")).toContain(`<${github.url}/repos/acme/shop/issues`);
  expect(response.headers.get("link")).not.toContain("localhost");
});

test("refuses tokens that it does not know, and knows who the others are", async () => {
  expect(await ask("ghp_nonsense", "/user")).toMatchObject({
    status: 401,
    body: { message: "Bad credentials" },
  });
  expect((await ask(github.token("mallory"), "/user")).body.login).toBe("mallory");
  expect((await ask(await github.appToken(), "/user")).status).toBe(403);
  expect((await ask(await github.actionsToken(), "/repos/acme/vault")).status).toBe(200);
});

test.each([
  ["acme", "shop", "admin", "admin"],
  ["alice", "shop", "write", "write"],
  ["tom", "shop", "read", "triage"],
  ["mallory", "shop", "read", "read"],
  ["mallory", "vault", "none", "none"],
])("%s in %s: permission %s, role %s", async (login, name, permission, role) => {
  const path = `/repos/acme/${name}/collaborators/${login}/permission`;
  expect((await ask(github.token("acme"), path)).body).toMatchObject({ permission, role_name: role });
});

test("a repository without commits says so", async () => {
  const path = "/repos/acme/empty/git/ref/heads/main";
  expect(await ask(github.token("acme"), path)).toMatchObject({
    status: 409,
    body: { message: "Git Repository is empty." },
  });
});

test("one pull request for a branch, only with commits, and its head follows the branch", async () => {
  const alice = github.as("alice");
  const open = (head: string) =>
    alice.request("POST", "/repos/acme/shop/pulls", { head, base: "main", title: "x", draft: true });
  expect(await open("nowhere")).toMatchObject({
    status: 422,
    body: { errors: [{ field: "head", code: "invalid" }] },
  });
  const first = await alice.push("acme/shop", "topic", { message: "one", files: { "b.txt": "b\n" } });
  const made = await open("topic");
  expect(made).toMatchObject({ status: 201, body: { draft: true, head: { sha: first } } });
  expect((await open("topic")).body.errors[0].message).toBe("A pull request already exists for acme:topic.");
  const second = await alice.push("acme/shop", "topic", {
    message: "two",
    files: { "b.txt": null, "c.txt": "c\n" },
  });
  const path = `/repos/acme/shop/pulls/${made.body.number}`;
  expect((await alice.request("GET", path)).body.head.sha).toBe(second);
  await alice.request("PATCH", path, { draft: false });
  expect((await alice.request("GET", path)).body.draft).toBe(true);
  const issue = await alice.request("GET", `/repos/acme/shop/issues/${made.body.number}`);
  expect(issue.body).toMatchObject({ title: "x", pull_request: { html_url: made.body.html_url } });

  const tip = (await alice.request("GET", "/repos/acme/shop/git/ref/heads/main")).body.object.sha;
  await alice.request("POST", "/repos/acme/shop/git/refs", { ref: "refs/heads/same", sha: tip });
  expect((await open("same")).body.errors[0].message).toBe("No commits between main and same");
});

test("texts beyond GitHub's limits are refused", async () => {
  const issue = await github
    .as("alice")
    .request("POST", "/repos/acme/shop/issues", { title: "x", body: "a".repeat(65_537) });
  expect(issue.status).toBe(422);
});

test("requests are on record, and faults come as often as asked for", async () => {
  const path = /^\/repos\/acme\/shop\/labels$/;
  github.fail({ path, status: 503, times: 2, headers: { "retry-after": "7" }, body: { message: "Busy" } });
  const before = github.requests.length;
  const answers = [];
  for (let each = 0; each < 3; each += 1)
    answers.push(await fetch(`${github.apiUrl}/repos/acme/shop/labels?page=1`));
  expect(answers.map(({ status }) => status)).toEqual([503, 503, 200]);
  expect(answers[0]?.headers.get("retry-after")).toBe("7");
  expect(await answers[0]?.json()).toEqual({ message: "Busy" });
  expect(github.requests.slice(before)[0]).toEqual({
    method: "GET",
    path: "/repos/acme/shop/labels",
    query: "?page=1",
    status: 503,
    body: undefined,
    from: expect.any(Number),
    until: expect.any(Number),
  });
  github.fail({ path, status: "reset" });
  await expect(fetch(`${github.apiUrl}/repos/acme/shop/labels`)).rejects.toThrow("fetch failed");
});
