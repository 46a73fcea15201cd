import { randomBytes } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, jest, test } from "@jest/globals";
import { startGitHub } from "../../src/demo/github/start.ts";
import type { LocalGitHub, LoggedRequest } from "../../src/demo/github/types.ts";
import { type MessagesApi, startMessagesApi } from "../../src/demo/messages-api.ts";
import { openTables, type Store } from "../../src/job/store.ts";
import { type AppProcess, startAppProcess } from "../helpers/app-process.ts";
import { dataFolder } from "../helpers/data-folder.ts";
import { proved, sums } from "../helpers/sums.ts";
import { openRepository, type TestRepository } from "../helpers/test-repository.ts";
import { patience, until } from "../helpers/until.ts";
import { postgresPrograms, startPostgres, type TestPostgres } from "../job/postgres.ts";
import { pglite, remove } from "../job/stores.ts";

jest.setTimeout(2 * patience);
const programs = postgresPrograms();
/** An App has two runs at a time: of three one is the other's. */
const names = ["sums", "more", "others"];

// Debian's postgresql package is not everywhere.
(programs === null ? describe.skip : describe)("two processes under one installation's limits", () => {
  const started: AppProcess[] = [];
  const folders: string[] = [];
  let github: LocalGitHub;
  let model: MessagesApi;
  let postgres: TestPostgres;
  let tables: Pick<Store, "sql" | "close">;
  let places: TestRepository[];

  beforeAll(async () => {
    postgres = await startPostgres(programs ?? "");
    github = await startGitHub({
      repositories: names.map((name) => ({ owner: "acme", name, files: sums })),
      users: [{ login: "ada", role: "write" }],
      app: { webhookSecret: randomBytes(24).toString("base64url") },
    });
    model = await startMessagesApi(({ messages }) => {
      const turn = messages.filter(({ role }) => role === "assistant").length;
      return proved[turn] ?? { text: "" };
    });
    places = names.map((name) => openRepository(github, name, () => 0));
    for (let i = 0; i < 2; i++) {
      const dataDir = await dataFolder();
      folders.push(dataDir);
      const env = {
        ...{ DATA_DIR: dataDir, DATABASE_URL: postgres.url, ANTHROPIC_BASE_URL: model.url },
        ...{ ANTHROPIC_API_KEY: "sk-ant-api03-none", FIRSTDRAFT_GITHUB_LIMITS: "yes" },
      };
      started.push(await startAppProcess(github, env));
    }
    tables = await openTables({ ...pglite(""), databaseUrl: postgres.url });
  });
  afterAll(async () => {
    for (const app of started) await app.kill();
    await tables?.close();
    await Promise.all([github?.close(), model?.close(), postgres?.stop()]);
    folders.forEach(remove);
  });

  const ofInstallation = ({ path }: LoggedRequest) => path.startsWith("/repos/");
  const isDrafted = async (place: TestRepository, issue: number) =>
    /\*\*Draft\*\*/.test((await place.comments(issue)).join());
  const inOrder = (from: number) => github.requests.slice(from).toSorted((a, b) => a.from - b.from);

  test("what both write comes one after the other, a second apart, however long one takes", async () => {
    // What is only started a second apart would overlap.
    github.fail({ method: "POST", path: /\/(comments|trees|pulls)$/, times: 6, before: () => delay(1500) });
    const issues = await Promise.all(places.map((place) => place.openIssue()));
    await Promise.all(places.map((place, at) => place.label(issues[at] ?? 0)));
    for (const [at, place] of places.entries())
      await until("there is a draft", () => isDrafted(place, issues[at] ?? 0));

    const writes = inOrder(0).filter((one) => ofInstallation(one) && one.method !== "GET");
    // What is to be seen is between processes.
    const ran = () => started.map(({ output }) => output.filter((line) => /: drafted$/m.test(line)).length);
    await until("all are logged", () => ran().reduce((sum, one) => sum + one) === places.length);
    expect(ran()).not.toContain(0);
    expect(writes.length).toBeGreaterThan(12);
    for (const [i, { from, method, path }] of writes.slice(1).entries()) {
      const gap = from - (writes[i]?.until ?? Number.NaN);
      expect({ method, path, apart: gap >= 1000 || gap }).toEqual({ method, path, apart: true });
    }
  });

  test("a limit of an hour: nobody asks anything until then, no attempt is used up, nothing is paid twice", async () => {
    const paid = model.requests.length;
    const [sums, more] = places as [TestRepository, TestRepository];
    const message = "You have exceeded a secondary rate limit.";
    // The retry plugin would ask again after a second, if it were let.
    github.fail({
      ...{ method: "POST", path: /sums\/git\/trees$/, status: 429, body: { message } },
      headers: { "retry-after": "3600" },
    });
    const issue = await sums.openIssue();
    await sums.label(issue);
    const waiting = async (queue: string) =>
      tables.sql<{ retry_limit: number; retry_count: number }>(
        `SELECT retry_limit, retry_count FROM pgboss.job
           WHERE name = $1 AND state = 'retry' AND start_after > now() + interval '50 minutes'`,
        [queue],
      );
    await until("the run waits for the limit", async () => (await waiting("runs")).length > 0);
    expect(await waiting("runs")).toEqual([{ retry_limit: 4, retry_count: 0 }]);
    const told = github.requests.find(({ status }) => status === 429)?.until ?? Number.NaN;

    const meanwhile = await more.openIssue();
    await more.label(meanwhile);
    await until("the other waits to be taken in", async () => (await waiting("intake")).length > 0);
    const early = github.requests.filter((one) => ofInstallation(one) && one.from > told);
    expect(early.map(({ method, path }) => `${method} ${path}`)).toEqual([]);

    const from = github.requests.length;
    await tables.sql("UPDATE firstdraft.paces SET limited_until = clock_timestamp()");
    await tables.sql("UPDATE pgboss.job SET start_after = now() WHERE state = 'retry'");
    await until("the run went on", () => isDrafted(sums, issue));
    await until("the other began", () => isDrafted(more, meanwhile));
    expect(model.requests).toHaveLength(paid + 2 * proved.length);
    expect(await sums.comments(issue)).toHaveLength(1);
    const said = inOrder(from).map(({ body }) => String((body as { body?: unknown } | undefined)?.body));
    expect(said.join("\n")).toMatch(
      /\*\*Note\*\*: GitHub's limit of requests was used up; the run waited for it until 20\d\d-\d\d-\d\d \d\d:\d\d UTC/,
    );
  });

  test("a limit that never ends: after a day attempts count again", async () => {
    const [place] = places as [TestRepository];
    const message = "You have exceeded a secondary rate limit.";
    github.fail({
      ...{ method: "POST", path: /sums\/git\/trees$/, status: 403, body: { message } },
      headers: { "retry-after": "3600" },
    });
    const issue = await place.openIssue();
    await place.label(issue);
    const jobs = (where: string) =>
      tables.sql<{ output: { limitedUntil?: string; message?: string } }>(
        `SELECT output FROM pgboss.job WHERE name = 'runs' AND (data->>'key') = $1 AND ${where}`,
        [`acme/sums#${issue}`],
      );
    await until("it waits", async () => (await jobs("state = 'retry'")).length > 0);
    await tables.sql(
      "UPDATE pgboss.job SET start_after = now(), created_on = now() - interval '25 hours' WHERE state = 'retry'",
    );
    await until(
      "the attempt counts",
      async () => (await jobs("retry_count > 0 AND state = 'retry'")).length > 0,
    );
    expect(await jobs("retry_count = 1 AND retry_limit = 4")).toMatchObject([
      { output: { message: expect.stringContaining("limit of requests is used up") } },
    ]);
  });
});
