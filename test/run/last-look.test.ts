import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, jest, test } from "@jest/globals";
import type { Octokit } from "@octokit/rest";
import { readOperatorConfig } from "../../src/config/operator-config.ts";
import { parseRepositoryConfig } from "../../src/config/repository-config.ts";
import { configPath } from "../../src/config/types.ts";
import { startGitHub } from "../../src/demo/github/start.ts";
import { connectWithToken } from "../../src/github/connect.ts";
import type { Job } from "../../src/job/job.ts";
import { createRedact } from "../../src/log/redact.ts";
import type { DraftRequest } from "../../src/run/draft.ts";
import { pack, writeDraftFile } from "../../src/run/draft-file/write.ts";
import { publishFile } from "../../src/run/publish-file.ts";
import { publishRun } from "../../src/run/publish-run.ts";
import { stoppedBy } from "../../src/run/stopped.ts";
import type { Sandbox } from "../../src/sandbox/sandbox.ts";
import { fetchRepository } from "../../src/workspace/fetch-repository.ts";
import { treeWith } from "../../src/workspace/tree-with.ts";
import { writeBlob } from "../../src/workspace/write-blob.ts";
import { sums } from "../helpers/sums.ts";
import { anIssue } from "../helpers/test-repository.ts";
import { patience } from "../helpers/until.ts";
import { draftOf, notRevised, verified } from "../helpers/verification.ts";

jest.setTimeout(patience);
const name = { owner: "acme", repo: "sums" };
const folder = await mkdtemp(join(tmpdir(), "firstdraft-last-look-"));
const github = await startGitHub({
  repositories: [{ owner: "acme", name: "sums", files: sums }],
  users: [{ login: "ada", role: "write" }],
});
afterAll(() => Promise.all([github.close(), rm(folder, { recursive: true })]));

/** A labelled issue, and a draft of it that was handed on from one job to another. */
async function written() {
  const { number } = await github.as("ada").openIssue("acme/sums", anIssue);
  await github.as("ada").label("acme/sums", number, "ai-generate");
  const issue = { number, ...anIssue, author: "ada" };
  const job: Job = {
    ...{ key: `acme/sums#${number}`, deliveryId: "1", requestedAt: new Date().toISOString() },
    ...{ requestedBy: { login: "ada", type: "User" }, repository: name },
    request: { kind: "issue", label: "ai-generate", issue },
  };
  const token = await github.actionsToken();
  const access = await connectWithToken({ token, apiUrl: github.apiUrl, repository: name });
  const { remoteUrl } = access;
  const remote = { remoteUrl, token: async () => token, name, branch: "main" };
  const repository = await fetchRepository({ ...remote, cacheDir: join(folder, "cache") });
  const blob = await writeBlob(repository, "export const add = (a, b) => a + b;\n");
  const treeSha = await treeWith(repository, repository.tree, [
    { path: "src/sums.js", mode: "100644", blob },
  ]);
  const draft = draftOf(verified({ treeSha, baseTreeSha: repository.tree }));
  const redact = createRedact([token]);
  const inTwo = async (asked: Job) => {
    const path = join(folder, "draft.json");
    const written = await pack({ repository, issue, ...notRevised }, draft, "bubblewrap");
    await writeDraftFile(path, { run: "7", key: job.key, result: written }, redact);
    const operator = readOperatorConfig({ DATA_DIR: join(folder, "publish") });
    return publishFile(asked, { access, operator, redact, path, run: "7" });
  };
  const ref = `/repos/acme/sums/git/ref/heads/firstdraft/issue-${number}`;
  const isPublished = async () => (await github.as("ada").request("GET", ref)).status !== 404;
  return { issue, job, access, repository, draft, redact, inTwo, isPublished };
}

test.each(["one run", "two jobs"])("edited during the upload, an issue has no branch: %s", async (way) => {
  const { issue, job, access, repository, draft, redact, inTwo, isPublished } = await written();
  let uploaded = 0;
  (access.octokit as Octokit).hook.after("request", async (_, { method, url }) => {
    if (method !== "POST" || !url.endsWith("/git/commits")) return;
    uploaded++;
    await github.as("ada").editIssue("acme/sums", issue.number, { body: "Something else." });
  });
  const inOne = () => {
    const config = parseRepositoryConfig(null, configPath);
    const request = {
      repository,
      issue,
      config,
      agreed: null,
      revises: null,
      replaces: null,
    } as DraftRequest;
    const sandbox = { name: "bubblewrap" } as Sandbox;
    return publishRun(job, request, draft, { access, redact, sandbox, isPublic: true });
  };
  const outcome = await (way === "one run" ? inOne() : inTwo(job)).catch((error) => stoppedBy(error, null));
  expect(uploaded).toBe(1);
  expect(outcome).toMatchObject({ kind: "stopped", code: "issue-changed" });
  expect(await isPublished()).toBe(false);
});

test("a draft that is handed on where a plan was asked for is refused", async () => {
  const { issue, job, inTwo, isPublished } = await written();
  const plan: Job = { ...job, request: { kind: "issue", label: null, issue, plans: 1 } };
  expect(await inTwo(plan)).toMatchObject({ kind: "stopped", code: "draft-file-refused" });
  expect(await isPublished()).toBe(false);
  expect(await inTwo(job)).toMatchObject({ kind: "drafted" });
});
