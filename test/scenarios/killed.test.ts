import { randomBytes } from "node:crypto";
import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, expect, jest, test } from "@jest/globals";
import { readJournal } from "../../src/agent/journal.ts";
import { defaultModel } from "../../src/agent/live-model.ts";
import { startGitHub } from "../../src/demo/github/start.ts";
import type { LocalGitHub } from "../../src/demo/github/types.ts";
import { type MessagesApi, type ScriptedReply, startMessagesApi } from "../../src/demo/messages-api.ts";
import { type AppProcess, startAppProcess } from "../helpers/app-process.ts";
import { tracesOf } from "../helpers/canary.ts";
import { dataFolder } from "../helpers/data-folder.ts";
import { broken, inOneStep, proved, sums } from "../helpers/sums.ts";
import { openRepository } from "../helpers/test-repository.ts";
import { patience, until } from "../helpers/until.ts";

jest.setTimeout(patience);
/** A test of which no two runs say the same. */
const chance = {
  ...sums,
  "test/sums.test.js": String(sums["test/sums.test.js"]).replace(
    "add(3, 0), 3",
    'add(3, 0), 3, "by chance " + Math.random()',
  ),
};
const apiKey = `sk-ant-api03-${randomBytes(40).toString("base64url")}`;
const webhookSecret = randomBytes(24).toString("base64url");
const output: string[] = [];
let github: LocalGitHub;
let model: MessagesApi;
let dataDir = "";
let app: AppProcess;
/** The last App, which may be asked for before it has said that it listens. */
let starting: Promise<AppProcess>;
let script: readonly ScriptedReply[] = proved;
/** Asked before each reply of the model. */
let beforeReply = async (_turn: number) => {};

beforeAll(async () => {
  dataDir = await dataFolder();
  github = await startGitHub({
    repositories: [
      { owner: "acme", name: "sums", files: sums },
      { owner: "acme", name: "chance", files: chance },
    ],
    users: [{ login: "ada", role: "write" }],
    app: { webhookSecret },
  });
  model = await startMessagesApi(async ({ messages }) => {
    const turn = messages.filter(({ role }) => role === "assistant").length;
    await beforeReply(turn);
    return script[turn] ?? { text: "" };
  });
  await start();
});
afterAll(async () => {
  await app?.kill();
  await Promise.all([github?.close(), model?.close()]);
  await rm(dataDir, { recursive: true, force: true });
});

async function start(settings: Readonly<Record<string, string>> = {}): Promise<void> {
  const env = { DATA_DIR: dataDir, ANTHROPIC_API_KEY: apiKey, ANTHROPIC_BASE_URL: model.url };
  starting = startAppProcess(github, { ...env, ...settings }, output);
  app = await starting;
}

/** Kills the App as soon as GitHub has been told this. */
async function killedAfter(method: string, path: RegExp, text = /(?:)/): Promise<void> {
  const from = github.requests.length;
  const told = () =>
    github.requests
      .slice(from)
      .some((one) => one.method === method && path.test(one.path) && text.test(JSON.stringify(one.body)));
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

test("killed while the model answers, first and again: the run goes on from its last answer and counts what was lost", async () => {
  const repository = openRepository(github, "sums", () => 0);
  const killed: number[] = [];
  beforeReply = async (turn) => {
    if (killed.includes(turn)) return;
    await (await starting).kill();
    killed.push(turn);
  };
  const issue = await repository.openIssue();
  await repository.label(issue);
  await until("it is killed", () => killed.length === 1);
  await start();
  await until("it is killed again", () => killed.length === 2);
  expect(model.requests).toHaveLength(3);
  // What was asked for stays as it was, whatever operator and repository say by now.
  await repository.push("main", { ".github/firstdraft.yml": "model: claude-haiku-4-5\n" });
  await start({ FIRSTDRAFT_MODEL: "claude-opus-5", FIRSTDRAFT_MAX_USD: "9" });
  await requireOneOfEach(issue);
  expect(model.requests.map(({ body }) => body.model)).toEqual(Array(4).fill(defaultModel));
  expect((await journals()).flat().filter(({ type }) => type === "lost")).toHaveLength(2);
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

test("killed when it has said its last word: it is not made again, nor paid again", async () => {
  const repository = openRepository(github, "sums", () => 0);
  const before = model.requests.length;
  const issue = await repository.openIssue();
  const end = killedAfter("PATCH", /\/issues\/comments\/\d+$/, /\*\*Draft\*\*/);
  await repository.label(issue);
  await end;
  await start();
  await until("the job is over", async () => {
    const journal = (await ends()).every((type) => type === "outcome");
    return (
      journal &&
      output
        .join("")
        .split(`acme/sums#${issue}: `)
        .at(-1)
        ?.match(/^(drafted|had ended)/) !== null
    );
  });
  await requireOneOfEach(issue);
  expect(model.requests).toHaveLength(before + 2);
});

test("killed after what failed went back to the model: the model is told the very same again", async () => {
  const repository = openRepository(github, "chance", () => 0);
  script = [...inOneStep(broken), { text: "I give up." }];
  const before = model.requests.length;
  const killed = Promise.withResolvers<void>();
  beforeReply = async (turn) => {
    if (turn !== 2) return;
    beforeReply = async () => {};
    await app.kill();
    killed.resolve();
  };
  const issue = await repository.openIssue();
  await repository.label(issue);
  await killed.promise;
  await start();
  await until("the run has its end", async () =>
    /\*\*Draft\*\*/.test((await repository.comments(issue)).join()),
  );
  const asked = model.requests.slice(before).map(({ body }) => body.messages);
  expect(asked.length).toBeGreaterThan(3);
  expect(JSON.stringify(asked[2])).toContain("by chance 0.");
  expect(asked[3]).toEqual(asked[2]);
});

const places = () => ({ github, dataDir, log: output, asked: model.requests.map(({ raw }) => raw) });

async function journals() {
  const runs = join(dataDir, "runs");
  return Promise.all((await readdir(runs)).map((run) => readJournal(join(runs, run, "journal.jsonl"))));
}

/** The type of the last entry of each run's journal. */
const ends = async () => (await journals()).map((entries) => entries.at(-1)?.type);
