import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, jest, test } from "@jest/globals";
import type { Json } from "../../src/demo/github/types.ts";
import type { ScriptedReply } from "../../src/demo/messages-api.ts";
import { checkEnded } from "../helpers/checks.ts";
import { edit, inOneStep, proved, sums } from "../helpers/sums.ts";
import { until } from "../helpers/until.ts";
import { type ActionHouse, openActionHouse, repository } from "./house.ts";
import type { Step, StepOptions } from "./runner.ts";

jest.setTimeout(240_000);
let house: ActionHouse;
let replies: ScriptedReply[] = [];
let hold: (reply: ScriptedReply) => Promise<ScriptedReply> = async (reply) => reply;
let folder: string;
let run = 7_000_000_500;
beforeAll(async () => {
  const config = "ask: never\nready: ci-green\nlimits: { ciRounds: 1 }\n";
  house = await openActionHouse({ ...sums, ".github/firstdraft.yml": config }, () =>
    hold(replies.shift() ?? { text: "I see nothing to change." }),
  );
  folder = await mkdtemp(join(tmpdir(), "firstdraft-checks-"));
});
afterAll(async () => {
  await house[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

type Event = StepOptions["event"];
const mayRead: Readonly<Record<string, "read">> = {
  ...{ contents: "read", issues: "read", pull_requests: "read", metadata: "read" },
  ...{ checks: "read", statuses: "read", actions: "read" },
};
const env = { GITHUB_WORKFLOW_REF: `${repository}/.github/workflows/firstdraft.yml@refs/heads/main` };
/** With an App's token, since what is pushed with the workflow's own starts no checks. */
const oneJob = async (event: Event): Promise<Step> =>
  house.step(event, {
    env: { ...env, GITHUB_RUN_ID: String(++run) },
    inputs: { "github-token": await house.github.appToken() },
  });
async function twoJobs(event: Event): Promise<{ first: Step; second: Step }> {
  const own = { ...env, GITHUB_RUN_ID: String(++run) };
  const file = { "draft-file": join(folder, `${run}.json`) };
  const reading = await house.github.appToken("acme", mayRead);
  const first = await house.step(event, {
    ...{ env: own, inputs: { ...file, mode: "generate", "github-token": reading } },
  });
  const token = await house.github.appToken();
  const second = await house.step(event, {
    ...{ env: own, inputs: { ...file, mode: "publish", "github-token": token, "anthropic-api-key": "" } },
  });
  return { first, second };
}

/** What GitHub tells once a workflow, another App's suite or a status has ended. */
async function ended(name: string, sha: string, branch: string, more: Json = {}): Promise<Event> {
  const body = await house.get("");
  const sender = { login: "some-ci[bot]", type: "Bot" };
  const at = { head_sha: sha, head_branch: branch, updated_at: "2026-01-01T00:00:00Z" };
  const of: Json = {
    workflow_run: { ...at, path: ".github/workflows/ci.yml", head_repository: { full_name: repository } },
    check_suite: at,
  };
  const about =
    name === "status"
      ? { sha, branches: [{ name: branch }], updated_at: at.updated_at, state: "success" }
      : { action: "completed", [name]: { ...of[name], ...more } };
  return { name, payload: { ...about, repository: body, sender } };
}

async function drafted() {
  replies = [...proved];
  const { number: issue, event } = await house.labelled();
  const { outputs } = await oneJob(event);
  const number = Number(outputs["pull-request-number"]);
  return { issue, number, branch: `firstdraft/issue-${issue}`, head: outputs["commit-sha"] ?? "" };
}

const pull = (number: number): Promise<Json> => house.get(`/pulls/${number}`);
const checked = (sha: string, conclusion: string | null, log?: string) =>
  checkEnded(house, "sums", sha, conclusion, log);
const correcting = (words: string) =>
  inOneStep(edit("src/sums.js", "export const add", `// ${words}\nexport const add`));
const asked = () => house.model.requests.length;

/** The draft's new commit, which corrects what its checks found. */
async function requireCorrection(number: number, head: string): Promise<string> {
  const { head: now } = await pull(number);
  const { commit, parents } = await house.get(`/commits/${now.sha}`);
  expect(parents.map(({ sha }: Json) => sha)).toEqual([head]);
  expect(commit.message).toContain(`Firstdraft-Checks: ${head}`);
  return now.sha;
}

const requireNothing = (step: Step, why: string) => {
  expect([step.exitCode, step.commands.at(-1)?.name]).toEqual([0, "notice"]);
  expect(step.summary).toBe(`Nothing to do: ${why}\n`);
};
const spent = "the draft's checks are not green, and nothing is to be corrected; its pull request says why.";
const green = "the draft's checks are green, and its pull request says so.";
const log = Array.from({ length: 2000 }, (_, i) => `line ${i}`).join("\n");

test("in one job: a red check goes back with its log as one commit, once, by what GitHub knows of it; green is said", async () => {
  const { number, branch, head } = await drafted();
  await checked(head, "failure", `${log}\nFAIL: a comment is missing`);
  replies = correcting("The sum.");
  const before = asked();
  const step = await oneJob(await ended("workflow_run", head, branch));
  expect(step).toMatchObject({ exitCode: 0, outputs: { verdict: "verified" } });
  const prompt = JSON.stringify(house.model.requests[before]?.body.messages[0]);
  expect(prompt).toContain("FAIL: a comment is missing");
  expect(prompt).not.toContain("line 5\\n");
  const second = await requireCorrection(number, head);

  await checked(second, "failure", "FAIL again");
  const from = asked();
  requireNothing(await oneJob(await ended("workflow_run", second, branch)), spent);
  expect(asked()).toBe(from);
  expect(await pull(number)).toMatchObject({
    ...{
      draft: true,
      head: { sha: second },
      body: expect.stringContaining("After 1 correction of at most 1"),
    },
  });
});

test("in two jobs: what may only read looks and writes, and the other publishes, says and counts", async () => {
  const { branch, head } = await drafted();
  await checked(head, null);
  const early = await twoJobs(await ended("workflow_run", head, branch));
  for (const step of [early.first, early.second])
    requireNothing(step, "checks of the draft's commit still run; the end of the last one counts.");

  const red = await drafted();
  await checked(red.head, "failure", `${log}\nFAIL: a comment is missing`);
  replies = correcting("Added.");
  const { first, second } = await twoJobs(await ended("workflow_run", red.head, red.branch));
  expect([first.exitCode, second.exitCode]).toEqual([0, 0]);
  const next = await requireCorrection(red.number, red.head);
  await checked(next, "failure", "FAIL again");
  const from = asked();
  const again = await twoJobs(await ended("check_suite", next, red.branch));
  requireNothing(again.first, spent);
  requireNothing(again.second, spent);
  expect(asked()).toBe(from);
  expect((await pull(red.number)).body).toContain("After 1 correction of at most 1");
});

test.each(["check_suite", "status", "workflow_run"])(
  "green is said, and marked as ready, on %s",
  async (name) => {
    const { number, branch, head } = await drafted();
    await checked(head, "success");
    const event = await ended(name, head, branch);
    const step = name === "status" ? (await twoJobs(event)).second : await oneJob(event);
    requireNothing(step, green);
    expect(await pull(number)).toMatchObject({ draft: false, body: expect.stringContaining("**green**") });
  },
);

test("our own job is none of the checks, whosever token it has", async () => {
  const { number, branch, head } = await drafted();
  await checkEnded(house, "sums", head, "failure", "No change", "firstdraft");
  await checked(head, "success");
  requireNothing(await oneJob(await ended("workflow_run", head, branch)), green);
  expect((await pull(number)).draft).toBe(false);
});

test("other branches, forks, our own workflow, old heads and what somebody pushed are no matter of ours: green, and said why", async () => {
  const { number, branch, head } = await drafted();
  await checked(head, "failure", "FAIL");
  const from = asked();
  const elsewhere = "these checks are of no branch of this repository that firstdraft writes.";
  const outdated =
    "these checks are not of the commit that an open draft of ours shows: it has another head by now, or somebody pushed to it.";
  requireNothing(await oneJob(await ended("workflow_run", head, "main")), elsewhere);
  for (const head_repository of [{ full_name: "mallory/sums" }, null])
    requireNothing(await oneJob(await ended("workflow_run", head, branch, { head_repository })), elsewhere);
  const own = { path: ".github/workflows/firstdraft.yml" };
  requireNothing(
    await oneJob(await ended("workflow_run", head, branch, own)),
    "this is the end of a run of this workflow itself.",
  );
  requireNothing(await oneJob(await ended("check_suite", "b".repeat(40), branch)), outdated);

  const theirs = await house.github
    .as("ada")
    .push(repository, branch, { message: "Mine", files: { "mine.js": "// Mine.\n" } });
  await checked(theirs, "failure", "FAIL");
  for (const sha of [head, theirs])
    requireNothing(await oneJob(await ended("workflow_run", sha, branch)), outdated);
  expect(asked()).toBe(from);
  expect(await pull(number)).toMatchObject({ head: { sha: theirs } });
  expect((await pull(number)).body).not.toContain("Checks of this repository");
});

test("of two runs for one commit at the same time one is published, and the other overwrites nothing", async () => {
  const { number, branch, head } = await drafted();
  await checked(head, "failure", "FAIL");
  const from = asked();
  // Each is asked before either is answered, and they do not say the same.
  hold = async (reply) => {
    await until("both are at work", () => asked() - from >= 2);
    return reply;
  };
  const [one = { text: "" }, end = { text: "" }] = correcting("One.");
  const [two = { text: "" }] = correcting("Two.");
  replies = [one, two, end, end];
  const events = [await ended("workflow_run", head, branch), await ended("check_suite", head, branch)];
  const steps = await Promise.all(events.map(oneJob));
  hold = async (reply) => reply;
  expect(steps.map(({ exitCode }) => exitCode).toSorted()).toEqual([0, 1]);
  const late = steps.find(({ exitCode }) => exitCode === 1);
  expect(late?.summary).toContain("moved");
  await requireCorrection(number, head);
});
