import { randomBytes } from "node:crypto";
import { rm } from "node:fs/promises";
import { afterAll, beforeAll, expect, jest, test } from "@jest/globals";
import { startGitHub } from "../../src/demo/github/start.ts";
import type { LocalGitHub } from "../../src/demo/github/types.ts";
import { type MessagesApi, startMessagesApi } from "../../src/demo/messages-api.ts";
import { openTables, type Store } from "../../src/job/store.ts";
import { type AppProcess, startAppProcess } from "../helpers/app-process.ts";
import { dataFolder } from "../helpers/data-folder.ts";
import { proved, sums } from "../helpers/sums.ts";
import { openRepository } from "../helpers/test-repository.ts";
import { patience, until } from "../helpers/until.ts";
import { postgresPrograms, startPostgres, type TestPostgres } from "../job/postgres.ts";
import { pglite } from "../job/stores.ts";

jest.setTimeout(patience);
const programs = postgresPrograms();
// Debian's postgresql package is not everywhere.
const onPostgres = programs === null ? test.skip : test;
const folders: string[] = [];
const apps: AppProcess[] = [];
const output: string[] = [];
let postgres: TestPostgres;
let github: LocalGitHub;
let model: MessagesApi;
/** Asked before each reply of the model. */
let beforeReply = async (_turn: number) => {};

beforeAll(async () => {
  if (programs === null) return;
  postgres = await startPostgres(programs);
  github = await startGitHub({
    repositories: [{ owner: "acme", name: "sums", files: sums }],
    users: [{ login: "ada", role: "write" }],
    app: { webhookSecret: randomBytes(24).toString("base64url") },
  });
  model = await startMessagesApi(async ({ messages }) => {
    const turn = messages.filter(({ role }) => role === "assistant").length;
    await beforeReply(turn);
    return proved[turn] ?? { text: "" };
  });
});
afterAll(async () => {
  await Promise.all(apps.map((app) => app.kill()));
  await Promise.all([github?.close(), model?.close()]);
  await postgres?.stop();
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
});

/** An App as on a machine of its own: nothing but the database is shared. */
async function startElsewhere(): Promise<AppProcess> {
  const dataDir = await dataFolder();
  folders.push(dataDir);
  const key = `sk-ant-api03-${randomBytes(40).toString("base64url")}`;
  const env = { DATA_DIR: dataDir, DATABASE_URL: postgres.url, ANTHROPIC_BASE_URL: model.url };
  const app = await startAppProcess(github, { ...env, ANTHROPIC_API_KEY: key }, output);
  apps.push(app);
  return app;
}

async function copies({ sql }: Pick<Store, "sql">): Promise<number> {
  return (await sql("SELECT DISTINCT run FROM firstdraft.journal_lines")).length;
}

onPostgres(
  "a machine dies while the model answers: another goes on from the last answer, though the branch has moved",
  async () => {
    const repository = openRepository(github, "sums", () => 0);
    const first = await startElsewhere();
    const died = Promise.withResolvers<void>();
    beforeReply = async (turn) => {
      if (turn !== 1) return;
      beforeReply = async () => {};
      await first.kill();
      died.resolve();
    };
    const issue = await repository.openIssue();
    await repository.label(issue);
    await died.promise;
    await repository.push("main", { "docs/later.md": "Later.\n" });
    await startElsewhere();
    // As after the seconds in which a worker's heart may stand still.
    const tables = await openTables({ ...pglite(""), databaseUrl: postgres.url });
    try {
      await tables.sql(
        // If that was not so long ago: what the other is at work on by now it keeps.
        "UPDATE pgboss.job SET heartbeat_on = now() - interval '1 hour' WHERE state = 'active' AND retry_count = 0",
      );
      await until("there is a draft", async () =>
        /\*\*Draft\*\*/.test((await repository.comments(issue)).join()),
      );
      // The first turn once, the second twice: the answer that was on its way is lost.
      expect(model.requests).toHaveLength(3);
      expect(await repository.comments(issue)).toHaveLength(1);
      const pulls = await repository.pulls();
      expect(pulls.map(({ title }) => title)).toEqual(["[Verified] add subtracts"]);
      await until("its copy is gone", async () => (await copies(tables)) === 0);
    } finally {
      await tables.close();
    }
  },
);
