import { randomBytes } from "node:crypto";
import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, expect, jest, test } from "@jest/globals";
import { readJournal } from "../../src/agent/journal.ts";
import { startGitHub } from "../../src/demo/github/start.ts";
import type { LocalGitHub } from "../../src/demo/github/types.ts";
import { type MessagesApi, startMessagesApi } from "../../src/demo/messages-api.ts";
import { type AppProcess, startAppProcess } from "../helpers/app-process.ts";
import { tracesOf } from "../helpers/canary.ts";
import { dataFolder } from "../helpers/data-folder.ts";
import { proved, sums } from "../helpers/sums.ts";
import { openRepository } from "../helpers/test-repository.ts";
import { patience, until } from "../helpers/until.ts";

jest.setTimeout(patience);
const apiKey = `sk-ant-api03-${randomBytes(40).toString("base64url")}`;
const webhookSecret = randomBytes(24).toString("base64url");
const output: string[] = [];
let github: LocalGitHub;
let model: MessagesApi;
let dataDir = "";
let app: AppProcess;
/** Asked before each reply of the model. */
let beforeReply = async (_turn: number) => {};

beforeAll(async () => {
  dataDir = await dataFolder();
  github = await startGitHub({
    repositories: [{ owner: "acme", name: "sums", files: sums }],
    users: [{ login: "ada", role: "write" }],
    app: { webhookSecret },
  });
  model = await startMessagesApi(async ({ messages }) => {
    const turn = messages.filter(({ role }) => role === "assistant").length;
    await beforeReply(turn);
    return proved[turn] ?? { text: "" };
  });
  await start();
});
afterAll(async () => {
  await app?.kill();
  await Promise.all([github?.close(), model?.close()]);
  await rm(dataDir, { recursive: true, force: true });
});

async function start(): Promise<void> {
  const env = { DATA_DIR: dataDir, ANTHROPIC_API_KEY: apiKey, ANTHROPIC_BASE_URL: model.url };
  app = await startAppProcess(github, env, output);
}

/** Kills the App as soon as GitHub has been told this. */
async function killedAfter(method: string, path: RegExp): Promise<void> {
  const from = github.requests.length;
  const told = () => github.requests.slice(from).some((one) => one.method === method && path.test(one.path));
  const end = Date.now() + patience - 20_000;
  while (!told() && Date.now() < end) await delay(1);
  expect(told()).toBe(true);
  await app.kill();
}

async function requireOneOfEach(issue: number): Promise<void> {
  const repository = openRepository(github, "sums", () => 0);
  await until("there is a draft", async () =>
    /\*\*Draft\*\*/.test((await repository.comments(issue)).join()),
  );
  expect(await repository.comments(issue)).toHaveLength(1);
  const pulls = (await repository.pulls()).filter(({ head }) => head.ref === `firstdraft/issue-${issue}`);
  expect(pulls.map(({ title, draft, state }) => ({ title, draft, state }))).toEqual([
    { title: "[Verified] add subtracts", draft: true, state: "open" },
  ]);
  expect(pulls[0].body).toContain(" · attempt 1 · ");
  const { check_runs: checks } = await repository.get(`/commits/${pulls[0].head.sha}/check-runs`);
  expect(checks).toHaveLength(1);
}

test("killed while the model answers: the run goes on from its last answer", async () => {
  const repository = openRepository(github, "sums", () => 0);
  let lives = 1;
  beforeReply = async (turn) => {
    if (turn === 1 && lives-- > 0) await app.kill();
  };
  const issue = await repository.openIssue();
  await repository.label(issue);
  await until("it is killed", () => lives === 0);
  expect(model.requests).toHaveLength(2);
  await start();
  await requireOneOfEach(issue);
  expect(model.requests).toHaveLength(3);
  expect(await tracesOf({ apiKey, webhookSecret, key: github.privateKey }, places())).toEqual([]);
});

test("killed while it publishes, twice: one pull request, one comment, no further call of the model", async () => {
  const repository = openRepository(github, "sums", () => 0);
  beforeReply = async () => {};
  const before = model.requests.length;
  const issue = await repository.openIssue();
  const first = killedAfter("POST", /\/git\/commits$/);
  await repository.label(issue);
  await first;
  const second = killedAfter("POST", /\/pulls$/);
  await start();
  await second;
  await start();
  await requireOneOfEach(issue);
  expect(model.requests).toHaveLength(before + 2);
  await until("each record has its end", async () => (await ends()).every((type) => type === "outcome"));
  expect(await tracesOf({ apiKey, webhookSecret, key: github.privateKey }, places())).toEqual([]);
});

const places = () => ({ github, dataDir, log: output, asked: model.requests.map(({ raw }) => raw) });

/** The last entry of each run's journal. */
async function ends(): Promise<(string | undefined)[]> {
  const runs = join(dataDir, "runs");
  const journals = (await readdir(runs)).map((run) => readJournal(join(runs, run, "journal.jsonl")));
  return (await Promise.all(journals)).map((entries) => entries.at(-1)?.type);
}
