import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, jest, test } from "@jest/globals";
import { startGitHub } from "../../src/demo/github/start.ts";
import type { LocalGitHub } from "../../src/demo/github/types.ts";
import { type MessagesApi, startMessagesApi } from "../../src/demo/messages-api.ts";
import { openTables } from "../../src/job/store.ts";
import { type AppProcess, startAppProcess } from "../helpers/app-process.ts";
import { longCommand } from "../helpers/long-command.ts";
import { bash, sums } from "../helpers/sums.ts";
import { openRepository } from "../helpers/test-repository.ts";
import { patience, until } from "../helpers/until.ts";
import { postgresPrograms, startPostgres, type TestPostgres } from "../job/postgres.ts";
import { pglite, remove, temporary } from "../job/stores.ts";

jest.setTimeout(patience);
const programs = postgresPrograms();
const sleep = longCommand();

// Debian's postgresql package is not everywhere.
(programs === null ? describe.skip : describe)("with several processes on one PostgreSQL", () => {
  const started: AppProcess[] = [];
  const folders: string[] = [];
  let github: LocalGitHub;
  let model: MessagesApi;
  let postgres: TestPostgres;

  beforeAll(async () => {
    postgres = await startPostgres(programs ?? "");
    github = await startGitHub({
      repositories: [{ owner: "acme", name: "sums", files: sums }],
      users: [{ login: "ada", role: "write" }],
      app: { webhookSecret: randomBytes(24).toString("base64url") },
    });
    model = await startMessagesApi(() => ({ text: "On it.", tools: [bash(sleep.command)] }));
  });
  afterAll(async () => {
    for (const app of started) await app.kill();
    await Promise.all([github?.close(), model?.close(), postgres?.stop()]);
    for (const folder of folders) remove(folder);
  });

  async function start(role: string, env: Readonly<Record<string, string>> = {}): Promise<AppProcess> {
    const folder = temporary();
    folders.push(folder);
    const settings = { DATA_DIR: folder, DATABASE_URL: postgres.url, ...env };
    const app = await startAppProcess(github, settings, [], ["--role", role]);
    started.push(app);
    return app;
  }

  test("whichever worker hears of it, the one that has the run ends it, and no copy of it stays", async () => {
    const key = { ANTHROPIC_API_KEY: "sk-ant-api03-none", ANTHROPIC_BASE_URL: model.url, WEBHOOK_SECRET: "" };
    const workers = [await start("worker", key), await start("worker", key)];
    await start("web", { FIRSTDRAFT_SANDBOX: "none" });
    const repository = openRepository(github, "sums", () => 0);
    const issue = await repository.openIssue();
    await repository.label(issue);
    await until("the command runs", () => sleep.pids().length > 0);
    await repository.comment(issue, "/cancel", "ada");
    await until("it is cancelled", async () =>
      /^\*\*Stopped\*\*: ada cancelled this\./.test((await repository.comments(issue)).join()),
    );
    await until("nothing of it is left", () => sleep.pids().length === 0);
    expect(model.requests).toHaveLength(1);
    expect(await repository.comments(issue)).toHaveLength(1);
    const tables = await openTables({ ...pglite(""), databaseUrl: postgres.url });
    try {
      const copies = () => tables.sql("SELECT FROM firstdraft.journal_lines");
      await until("its copy is gone", async () => (await copies()).length === 0);
      const [run] = await tables.sql("SELECT outcome, spent > 0 AS spent FROM firstdraft.runs");
      expect(run).toEqual({ outcome: "cancelled", spent: true });
    } finally {
      await tables.close();
    }
    const ended = () =>
      workers.flatMap(({ output }) => output.filter((line) => line.includes("stopped (cancelled)")));
    // Said when all else is over, and read from a pipe.
    await until("it is logged", () => ended().length > 0);
    expect(ended()).toHaveLength(1);
  });
});
