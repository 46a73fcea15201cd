import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, jest, test } from "@jest/globals";
import { startGitHub } from "../../src/demo/github/start.ts";
import type { LocalGitHub } from "../../src/demo/github/types.ts";
import { type MessagesApi, startMessagesApi } from "../../src/demo/messages-api.ts";
import { lockFolder } from "../../src/job/lock.ts";
import { firstdraft } from "../helpers/command-line.ts";
import { proved, sums } from "../helpers/sums.ts";
import { anIssue, openRepository } from "../helpers/test-repository.ts";
import { patience } from "../helpers/until.ts";

jest.setTimeout(patience);
const apiKey = `sk-ant-api03-${randomBytes(40).toString("base64url")}`;
let github: LocalGitHub;
let model: MessagesApi;
let folder = "";
let lock: ReturnType<typeof lockFolder> | undefined;
let env: Record<string, string> = {};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "firstdraft-command-line-"));
  // As an App that is at work in the same data folder has it.
  lock = lockFolder(join(folder, "data"));
  github = await startGitHub({
    repositories: [
      { owner: "acme", name: "sums", files: sums },
      { owner: "acme", name: "closed", files: sums },
      {
        owner: "acme",
        name: "choosy",
        files: { ...sums, ".github/firstdraft.yml": "model: claude-haiku-4-5\n" },
      },
    ],
    users: [
      { login: "ada", role: "write" },
      { login: "rita", role: "read" },
    ],
  });
  model = await startMessagesApi(({ messages }) => {
    const turn = messages.filter(({ role }) => role === "assistant").length;
    return proved[turn] ?? { text: "" };
  });
  env = {
    ...{ DATA_DIR: join(folder, "data"), ANTHROPIC_API_KEY: apiKey, ANTHROPIC_BASE_URL: model.url },
    FIRSTDRAFT_SECOND_LOOK: "no",
    FIRSTDRAFT_ASK: "no",
    ...{ GITHUB_API_URL: github.apiUrl, GITHUB_TOKEN: github.token("ada") },
  };
});
afterAll(async () => {
  await Promise.all([github?.close(), model?.close()]);
  lock?.release();
  await rm(folder, { recursive: true, force: true });
});

const git = (dir: string, ...args: string[]) =>
  execFileSync("git", ["-C", dir, "-c", "user.name=a", "-c", "user.email=a@example.com", ...args], {
    encoding: "utf8",
  }).trim();

/** Everything that was said, without the secrets that it must not hold. */
function requireNoSecret(...texts: string[]): void {
  const all = texts.join("\n");
  expect(all).not.toContain(apiKey.slice(20, 40));
  expect(all).not.toContain(github.token("ada"));
  expect(all).not.toMatch(/\n\s+at .*\.ts:\d+/);
}

test("the model: the repository's choice goes before the default, what was typed before both", async () => {
  const issue = await openRepository(github, "choosy", () => 0).openIssue();
  const asked = async (...options: string[]) => {
    const from = model.requests.length;
    await firstdraft(["run", `acme/choosy#${issue}`, "--dry-run", ...options], env);
    return model.requests[from]?.body.model;
  };
  expect(await asked()).toBe("claude-haiku-4-5");
  expect(await asked("--model", "claude-sonnet-4-6")).toBe("claude-sonnet-4-6");
});

test("run: a dry run writes nothing, the run itself makes the draft", async () => {
  const repository = openRepository(github, "sums", () => 0);
  const issue = await repository.openIssue();
  const dry = await firstdraft(["run", `acme/sums#${issue}`, "--dry-run", "--json"], env);
  const object = JSON.parse(dry.stdout);
  expect({ code: dry.code, verdict: object.verdict, reason: object.reason }).toEqual({
    ...{ code: 0, verdict: "verified", reason: "proved" },
  });
  expect(object.evidence.tests).toContainEqual(
    expect.objectContaining({
      name: "adds",
      file: "test/add.test.js",
      base: "absent",
      baseWithTests: "failed",
      head: "passed",
    }),
  );
  expect(object).toMatchObject({ findings: [], costUsd: expect.any(Number) });
  expect(repository.writes()).toEqual([]);

  const real = await firstdraft(["run", `acme/sums#${issue}`], env);
  expect(real.code).toBe(0);
  expect(real.stdout).toMatch(/^Verified: a test fails on the base, /);
  const [pull] = await repository.pulls();
  expect(real.stdout).toContain(`Draft: ${pull.html_url}`);
  expect(pull).toMatchObject({ draft: true, user: { login: "ada" } });
  const commit = await repository.get(`/git/commits/${pull.head.sha}`);
  expect(commit.tree.sha).toBe(object.treeSha);
  requireNoSecret(dry.stdout, dry.stderr, real.stdout, real.stderr);
});

test("run: with a person's token, the branch of a draft that was closed is known by the attempts kept", async () => {
  const repository = openRepository(github, "closed", () => 0);
  const issue = await repository.openIssue();
  const draft = () => firstdraft(["run", `acme/closed#${issue}`], env);
  expect(await draft()).toMatchObject({ code: 0 });
  const [pull] = await repository.pulls();
  await github.as("ada").request("PATCH", `/repos/acme/closed/pulls/${pull.number}`, { state: "closed" });
  await repository.push("main", { "NEWS.md": "Moved on.\n" });
  expect(await draft()).toMatchObject({ code: 0, stdout: expect.stringMatching(/^Verified: /) });
  expect((await repository.get(`/git/ref/heads/${pull.head.ref}`)).object.sha).not.toBe(pull.head.sha);
});

test("run: no write access, and a token that GitHub does not know", async () => {
  const issue = await openRepository(github, "sums", () => 0).openIssue();
  const before = model.requests.length;
  const reader = await firstdraft(["run", `acme/sums#${issue}`, "--json"], {
    ...env,
    GITHUB_TOKEN: github.token("rita"),
  });
  expect(reader.code).toBe(2);
  expect(JSON.parse(reader.stdout)).toMatchObject({ verdict: null, reason: "no-write-access" });
  const unknown = await firstdraft(["run", `acme/sums#${issue}`], { ...env, GITHUB_TOKEN: "ghp_nobody" });
  expect(unknown).toMatchObject({ code: 3, stdout: "" });
  expect(unknown.stderr).toContain("firstdraft: GitHub does not accept the token.");
  expect(model.requests).toHaveLength(before);
});

test("local, verify and replay come to the same tree", async () => {
  const dir = join(folder, "clone");
  const out = join(folder, "out");
  execFileSync("git", ["clone", "--quiet", await github.gitDir("acme", "sums"), dir]);
  await writeFile(join(folder, "issue.md"), `# ${anIssue.title}\n\n${anIssue.body}\n`);
  const status = git(dir, "status", "--porcelain");
  const local = await firstdraft(
    ["local", "--repo", dir, "--issue", join(folder, "issue.md"), "--out", out, "--json"],
    env,
  );
  expect(local.code).toBe(0);
  const object = JSON.parse(local.stdout);
  expect(object).toMatchObject({ verdict: "verified", reason: "proved" });
  expect(git(dir, "status", "--porcelain")).toBe(status);
  expect(JSON.parse(await readFile(join(out, "evidence.json"), "utf8")).treeSha).toBe(object.treeSha);
  const report = await readFile(join(out, "report.md"), "utf8");
  expect(report).toMatch(/^# \[Verified\] add subtracts\n\n\*\*Verified\*\*: /);

  const replay = await firstdraft(["replay", join(out, "journal.jsonl"), "--json"], {
    DATA_DIR: join(folder, "d"),
  });
  expect(replay.code).toBe(0);
  expect(JSON.parse(replay.stdout)).toMatchObject({ sameTree: true, treeSha: object.treeSha });

  git(dir, "apply", join(out, "change.patch"));
  git(dir, "add", ".");
  git(dir, "commit", "--quiet", "-m", "The draft");
  const verify = await firstdraft(["verify", "--repo", dir, "--base", "HEAD~1", "--json"]);
  expect(verify.code).toBe(0);
  expect(JSON.parse(verify.stdout)).toMatchObject({ verdict: "verified", treeSha: object.treeSha });
  const back = await firstdraft(["verify", "--repo", dir, "--base", "HEAD", "--head", "HEAD~1"]);
  expect(back.code).toBe(1);
  expect(back.stdout).toMatch(/^(Failed|Tests pass|Unverified): /);
  const journal = await readFile(join(out, "journal.jsonl"), "utf8");
  requireNoSecret(local.stdout, local.stderr, replay.stderr, report, journal);
});
