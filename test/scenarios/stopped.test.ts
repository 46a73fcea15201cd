import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { rm } from "node:fs/promises";
import { afterAll, beforeAll, expect, jest, test } from "@jest/globals";
import { startGitHub } from "../../src/demo/github/start.ts";
import type { LocalGitHub } from "../../src/demo/github/types.ts";
import { type MessagesApi, startMessagesApi } from "../../src/demo/messages-api.ts";
import { type AppProcess, spawnApp, startAppProcess } from "../helpers/app-process.ts";
import { dataFolder } from "../helpers/data-folder.ts";
import { longCommand } from "../helpers/long-command.ts";
import { bash, proved, sums } from "../helpers/sums.ts";
import { openRepository } from "../helpers/test-repository.ts";
import { patience, until } from "../helpers/until.ts";
import { postgresPrograms, startPostgres } from "../job/postgres.ts";

jest.setTimeout(patience);
const sleep = longCommand();
const output: string[] = [];
let github: LocalGitHub;
let model: MessagesApi;
let dataDir = "";
let app: AppProcess;

beforeAll(async () => {
  dataDir = await dataFolder();
  github = await startGitHub({
    repositories: [{ owner: "acme", name: "sums", files: sums }],
    users: [{ login: "ada", role: "write" }],
    app: { webhookSecret: randomBytes(24).toString("base64url") },
  });
  const [work = { text: "" }, ...rest] = proved;
  model = await startMessagesApi([
    { text: "First.", tools: [bash(`${sleep.command} || true`)] },
    work,
    ...rest,
  ]);
});
afterAll(async () => {
  await app?.kill();
  await Promise.all([github?.close(), model?.close()]);
  await rm(dataDir, { recursive: true, force: true });
});

async function start(settings: Readonly<Record<string, string>> = {}): Promise<void> {
  const env = {
    DATA_DIR: dataDir,
    ANTHROPIC_API_KEY: "sk-ant-api03-none",
    ANTHROPIC_BASE_URL: model.url,
    ...settings,
  };
  app = await startAppProcess(github, env, output);
}

test("SIGTERM ends the process, idle and while a command runs, and the run goes on with the next", async () => {
  await start();
  expect(await app.stop()).toBe(0);

  await start();
  const repository = openRepository(github, "sums", () => 0);
  const issue = await repository.openIssue();
  await repository.label(issue);
  await until("the command runs", () => sleep.pids().length > 0);
  expect(await app.stop()).toBe(0);
  await until("nothing of it is left", () => sleep.pids().length === 0);
  expect(await repository.pulls()).toEqual([]);
  expect((await repository.comments(issue)).join()).toMatch(/^\*\*(Queued|Working)\*\*/);

  await start();
  await until("the command runs again", () => sleep.pids().length > 0);
  for (const pid of sleep.pids()) process.kill(pid, "SIGKILL");
  await until("there is a draft", async () =>
    /\*\*Draft\*\*/.test((await repository.comments(issue)).join()),
  );
  expect(await repository.pulls()).toHaveLength(1);
  // The reply that was there is not asked for again.
  expect(model.requests).toHaveLength(3);
  expect(await app.stop()).toBe(0);
});

test("SIGTERM while it starts ends it as well, once it has started", async () => {
  const [asked, goOn] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const before = () => {
    asked.resolve();
    return goOn.promise;
  };
  github.fail({ path: /^\/app$/, before });
  const env = { DATA_DIR: dataDir, ANTHROPIC_API_KEY: "sk-ant-api03-none", ANTHROPIC_BASE_URL: model.url };
  const starting = spawnApp(github, env);
  for (const output of [starting.stdout, starting.stderr]) output.resume();
  const ended = once(starting, "exit");
  await asked.promise;
  starting.kill("SIGTERM");
  goOn.resolve();
  expect(await ended).toEqual([0, null]);
});

const programs = postgresPrograms();
// Debian's postgresql package is not everywhere.
(programs === null ? test.skip : test)("a database that hangs keeps no process from ending", async () => {
  const postgres = await startPostgres(programs ?? "");
  try {
    await start({ DATABASE_URL: postgres.url });
    postgres.freeze();
    const ready = await fetch(`${app.url}/readyz`);
    expect([ready.status, await ready.text()]).toEqual([503, "database\n"]);
    expect(await app.stop()).toBe(0);
  } finally {
    await postgres.stop();
  }
});
