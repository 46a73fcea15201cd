import { execFile } from "node:child_process";
import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { startGitHub } from "../../../src/demo/github/start.ts";
import type { LocalGitHub } from "../../../src/demo/github/types.ts";

let github: LocalGitHub;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "local-github-test-"));
  const source = join(folder, "source");
  await mkdir(join(source, "bin"), { recursive: true });
  await mkdir(join(source, ".git"));
  await writeFile(join(source, ".git", "HEAD"), "not for anybody\n");
  await writeFile(join(source, "bin", "run"), "#!/bin/sh\n");
  await chmod(join(source, "bin", "run"), 0o755);
  await writeFile(join(source, 'we"ird näme.bin'), Buffer.from([0, 255, 10]));
  await symlink("bin/run", join(source, "link"));
  github = await startGitHub({
    repositories: [
      { owner: "acme", name: "shop", folder: source },
      { owner: "acme", name: "vault", files: { "a.txt": "a\n" }, private: true },
      { owner: "acme", name: "empty" },
    ],
    users: [{ login: "alice", role: "write" }, { login: "mallory" }],
  });
});
afterAll(async () => {
  await github.close();
  await rm(folder, { recursive: true, force: true });
});

/** git as a person uses it; a token goes by environment. */
async function git(args: string[], token?: string): Promise<string> {
  const credentials = Buffer.from(`x-access-token:${token}`).toString("base64");
  const env = {
    PATH: process.env.PATH,
    GIT_TERMINAL_PROMPT: "0",
    GIT_CONFIG_GLOBAL: "/dev/null",
    ...(token && {
      GIT_CONFIG_COUNT: "1",
      GIT_CONFIG_KEY_0: "http.extraHeader",
      GIT_CONFIG_VALUE_0: `Authorization: Basic ${credentials}`,
    }),
  };
  return (await promisify(execFile)("git", args, { env })).stdout.trim();
}

const clone = async (name: string, into: string, token?: string, ...options: string[]) => {
  const work = join(folder, into);
  await git(["clone", "--quiet", ...options, github.remoteUrl("acme", name), work], token);
  return work;
};
const ref = async (branch: string) =>
  (await github.as("alice").request("GET", `/repos/acme/shop/git/ref/heads/${branch}`)).body.object?.sha;
const identity = ["-c", "user.name=Alice", "-c", "user.email=alice@users.noreply.github.com"];

test("a folder becomes the first commit, with modes, links and odd names, without its .git", async () => {
  const work = await clone("shop", "first", undefined, "--depth=1", "--filter=blob:none");
  expect(
    await git([
      "-C",
      work,
      "-c",
      "core.quotePath=false",
      "ls-tree",
      "-r",
      "--format=%(objectmode) %(path)",
      "HEAD",
    ]),
  ).toBe(["100755 bin/run", "120000 link", '100644 "we\\"ird näme.bin"'].join("\n"));
  expect(await ref("main")).toBe(await git(["-C", work, "rev-parse", "HEAD"]));
});

test("what is pushed shows in the API, also a merge and a deleted branch", async () => {
  const work = await clone("shop", "pushing");
  const run = (...args: string[]) => git(["-C", work, ...identity, ...args], github.token("alice"));
  await run("checkout", "--quiet", "-b", "topic");
  await run("commit", "--quiet", "--allow-empty", "-m", "Subject\n\nBody\n\nTrailer: yes");
  await run("checkout", "--quiet", "-b", "other", "main");
  await run("commit", "--quiet", "--allow-empty", "-m", "Other", "--date=2001-02-03T04:05:06+0530");
  await run("merge", "--quiet", "--no-ff", "-m", "Merge", "topic");
  await run("push", "--quiet", "origin", "topic", "other");
  expect(await ref("other")).toBe(await run("rev-parse", "other"));
  expect(await ref("topic")).toBe(await run("rev-parse", "topic"));
  await run("push", "--quiet", "origin", ":topic");
  expect(await ref("topic")).toBeUndefined();
});

test("what is made by the API can be fetched, byte for byte", async () => {
  const work = await clone("shop", "fetching");
  const alice = github.as("alice");
  const say = async (path: string, body: object) =>
    (await alice.request("POST", `/repos/acme/shop/git/${path}`, body)).body;
  const main = await ref("main");
  const blob = await say("blobs", {
    content: Buffer.from([1, 0, 254]).toString("base64"),
    encoding: "base64",
  });
  const entry = { path: "deep/er/data.bin", mode: "100644", type: "blob", sha: blob.sha };
  const base = await git(["-C", work, "rev-parse", "HEAD^{tree}"]);
  const tree = await say("trees", { base_tree: base, tree: [entry] });
  const commit = await say("commits", { message: "By the API", tree: tree.sha, parents: [main] });
  await say("refs", { ref: "refs/heads/made", sha: commit.sha });

  await git(["-C", work, "fetch", "--quiet", "origin"]);
  expect(await git(["-C", work, "rev-parse", "origin/made"])).toBe(commit.sha);
  expect(await git(["-C", work, "rev-parse", "origin/made:deep/er/data.bin"])).toBe(blob.sha);
  expect(await git(["-C", work, "fsck", "--strict"])).toBe("");
  const gitDir = await github.gitDir("acme", "shop");
  expect(await git(["--git-dir", gitDir, "log", "-1", "--format=%an %s", "made"])).toBe("alice By the API");
});

test("who may fetch and push", async () => {
  await expect(clone("vault", "denied")).rejects.toThrow("could not read Username");
  await expect(clone("vault", "denied", "ghp_nonsense")).rejects.toThrow("could not read Username");
  await expect(clone("vault", "denied", github.token("mallory"))).rejects.toThrow("not found");
  await clone("vault", "by-alice", github.token("alice"));
  await clone("vault", "by-app", await github.appToken());

  const work = await clone("shop", "stranger");
  await git(["-C", work, ...identity, "commit", "--quiet", "--allow-empty", "-m", "x"]);
  const push = (token?: string) => git(["-C", work, "push", "--quiet", "origin", "HEAD:refs/heads/x"], token);
  await expect(push()).rejects.toThrow("could not read Username");
  await expect(push(github.token("mallory"))).rejects.toThrow("403");
  expect(await ref("x")).toBeUndefined();
});

test("a repository without commits can be cloned, and pushed to", async () => {
  const work = await clone("empty", "empty");
  await git(["-C", work, ...identity, "commit", "--quiet", "--allow-empty", "-m", "First"]);
  await git(["-C", work, "push", "--quiet", "origin", "HEAD:main"], github.token("acme"));
  const made = await github.as("alice").request("GET", "/repos/acme/empty/git/ref/heads/main");
  expect(made.body.object.sha).toBe(await git(["-C", work, "rev-parse", "HEAD"]));
});
