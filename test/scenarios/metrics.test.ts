import { randomBytes } from "node:crypto";
import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, jest, test } from "@jest/globals";
import { readJournal } from "../../src/agent/journal.ts";
import { startGitHub } from "../../src/demo/github/start.ts";
import type { LocalGitHub } from "../../src/demo/github/types.ts";
import { type MessagesApi, startMessagesApi } from "../../src/demo/messages-api.ts";
import { freePort } from "../../src/demo/start-app.ts";
import { type AppProcess, startAppProcess } from "../helpers/app-process.ts";
import { dataFolder } from "../helpers/data-folder.ts";
import { proved, sums } from "../helpers/sums.ts";
import { openRepository } from "../helpers/test-repository.ts";
import { patience, until } from "../helpers/until.ts";

jest.setTimeout(patience);
const apiKey = `sk-ant-api03-${randomBytes(40).toString("base64url")}`;
let github: LocalGitHub;
let model: MessagesApi;
let dataDir = "";
let app: AppProcess;
let metricsPort = 0;
let calls = 0;
/** What is to be read of the first process, while the model answers for the second time. */
let first = new Map<string, number>();

beforeAll(async () => {
  dataDir = await dataFolder();
  github = await startGitHub({
    repositories: [{ owner: "acme", name: "sums", files: sums }],
    users: [{ login: "ada", role: "write" }],
    app: { webhookSecret: randomBytes(24).toString("base64url") },
  });
  model = await startMessagesApi(async ({ messages }) => {
    if (calls++ === 0) return { status: 529, error: { type: "overloaded_error", message: "Overloaded" } };
    const turn = messages.filter(({ role }) => role === "assistant").length;
    if (turn === 1 && first.size === 0) {
      first = await read();
      await app.stop();
    }
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
  metricsPort = await freePort();
  app = await startAppProcess(github, {
    ...{ DATA_DIR: dataDir, ANTHROPIC_API_KEY: apiKey, ANTHROPIC_BASE_URL: model.url },
    ...{ METRICS_PORT: String(metricsPort), LOG_FORMAT: "json", LOG_LEVEL: "debug" },
  });
}

const page = async () => (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text();

/** Our own figures, by name and label. */
async function read(): Promise<Map<string, number>> {
  const lines = (await page()).split("\n").filter((line) => line.startsWith("firstdraft_"));
  return new Map(
    lines.map((line) => [
      line.replace(/ [^ ]+$/, "").slice("firstdraft_".length),
      Number(line.split(" ").at(-1)),
    ]),
  );
}

test("what happened is counted once, across an interrupted run, and each line about it carries its id", async () => {
  const repository = openRepository(github, "sums", () => 0);
  const issue = await repository.openIssue();
  await repository.label(issue);
  await until("the first process has ended", () => first.size > 0);
  await until("it can be started again", () =>
    start().then(
      () => true,
      () => false,
    ),
  );
  await until("there is a draft", async () => (await read()).get('runs_total{ending="verified"}') === 1);

  const then = Object.fromEntries(first);
  expect(then).toMatchObject({
    'model_calls_total{status="529"}': 1,
    'model_calls_total{status="200"}': 1,
    'queue_jobs{queue="runs",state="active"}': 1,
    'queue_jobs{queue="runs",state="created"}': 0,
    'queue_jobs{queue="intake",state="created"}': 0,
  });
  expect(then['queue_oldest_seconds{queue="runs"}']).toBeGreaterThan(0);
  expect(then['tokens_total{kind="output"}']).toBeGreaterThan(0);
  const now = Object.fromEntries(await read());
  expect(now).toMatchObject({ 'model_calls_total{status="200"}': 1, 'runs_total{ending="verified"}': 1 });
  expect(now['github_calls_total{status="2xx"}']).toBeGreaterThan(5);
  expect(now['github_calls_total{status="4xx"}']).toBeGreaterThan(0);
  expect(now.sandbox_starts_total).toBeGreaterThan(3);
  await until(
    "the queue is empty",
    async () => (await read()).get('queue_jobs{queue="runs",state="active"}') === 0,
  );

  const [pull] = await repository.pulls();
  // Each reply by the process that was given it, and none by both.
  const output = 'tokens_total{kind="output"}';
  expect((then[output] ?? 0) + (now[output] ?? 0)).toBe(await outputTokens());
  expect(now.dollars_total).toBeGreaterThan(0);
  expect(await page()).not.toMatch(/acme|sums|ada\b/);
  expect((await fetch(`${app.url}/metrics`)).status).toBe(404);

  const { commit } = await repository.get(`/commits/${pull.head.sha}`);
  const [, run] = /^Firstdraft-Run: (.+)$/m.exec(commit.message) ?? [];
  const lines = app.output
    .join("")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  // Ours, and what Probot's Octokit says of the run's requests.
  const about = lines.filter(({ name, msg }) => /acme\/sums#\d/.test(msg) || name === "github");
  const said = about.map(({ msg }) => msg).join("\n");
  expect(said).toContain("running the tests");
  expect(said).toMatch(/GitHub request: POST .*\/pulls - 201/);
  expect(new Set(about.map((line) => `${line.run} ${line.job}`))).toEqual(
    new Set([`${run} acme/sums#${issue}`]),
  );
  expect(app.output.join("")).not.toContain(apiKey);
});

/** Of all replies in the run's journal. */
async function outputTokens(): Promise<number> {
  const [run = ""] = await readdir(join(dataDir, "runs"));
  const entries = await readJournal(join(dataDir, "runs", run, "journal.jsonl"));
  return entries.reduce(
    (sum, entry) => sum + (entry.type === "reply" ? entry.message.usage.output_tokens : 0),
    0,
  );
}
