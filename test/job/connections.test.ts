import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import pg from "pg";
import { migrate, type Sql } from "../../src/job/migrate.ts";
import { openQueue } from "../../src/job/queue.ts";
import { openStore, openTables } from "../../src/job/store.ts";
import { postgresPrograms, startPostgres, type TestPostgres } from "./postgres.ts";
import { recorder, until } from "./recorder.ts";
import { pglite, remove, temporary } from "./stores.ts";
import { job } from "./triggers.ts";

const programs = postgresPrograms();
let postgres: TestPostgres | undefined;
let dir = "";

const connect = async () => {
  const client = new pg.Client({ connectionString: postgres?.url });
  client.on("error", () => {});
  await client.connect();
  return client;
};

async function over(work: (sql: Sql) => Promise<void>): Promise<void> {
  const client = await connect();
  const sql: Sql = async (text, values) => (await client.query(text, values && [...values])).rows as never;
  await work(sql).finally(() => client.end().catch(() => {}));
}

/** Takes every connection that is left, and those that firstdraft had. Returns how to give them back. */
async function takeAll(): Promise<() => Promise<unknown>> {
  const clients = [await connect()];
  const end = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'firstdraft'";
  for (let refused = 0; refused < 5; ) {
    await clients[0]?.query(end);
    await connect().then(
      (client) => clients.push(client),
      () => refused++,
    );
  }
  return () => Promise.all(clients.map((client) => client.end()));
}

// Debian's postgresql package is not everywhere.
(programs === null ? describe.skip : describe)("a PostgreSQL", () => {
  beforeAll(async () => {
    dir = temporary();
    postgres = await startPostgres(programs ?? "", 20);
  });
  afterAll(async () => {
    await postgres?.stop();
    remove(dir);
  });

  test("that has no connection left for us in mid-run: what it could not take is refused, and all else ends", async () => {
    const said: string[] = [];
    const databaseUrl = postgres?.url ?? "";
    const onError = ({ message }: Error) => void said.push(message);
    const store = await openStore({ ...pglite(dir), databaseUrl, onError });
    const queue = await openQueue(store, { retryDelay: 0 });
    const go = Promise.withResolvers<void>();
    const { seen, stages } = recorder({ run: () => go.promise });
    try {
      await queue.work(stages);
      await queue.enqueue(job(1));
      await until(() => seen.includes("run acme/sums#1 1"));
      await queue.enqueue(job(2));
      const giveBack = await takeAll();
      await expect(queue.enqueue(job(3))).rejects.toThrow("too many clients");
      go.resolve();
      await until(() => said.some((message) => message.includes("too many clients")));
      await giveBack();
      await until(() => seen.includes("done acme/sums#2"));
      await queue.enqueue(job(3));
      await until(() => seen.includes("done acme/sums#3"));
      expect(seen).toContain("done acme/sums#1");
      expect(seen.filter((line) => line.startsWith("failed"))).toEqual([]);
    } finally {
      await queue.close();
    }
  });

  test("that a later version has been at work on, or whose role may make nothing, is not used, and why is said", async () => {
    const databaseUrl = postgres?.url ?? "";
    const open = (url: string) =>
      openTables({ ...pglite(dir), databaseUrl: url }).then(({ close }) => close());
    await open(databaseUrl);
    await over(async (sql) => {
      // Of the queue's tables, which have versions of their own.
      await sql("UPDATE pgboss.version SET version = version + 1");
      await expect(open(databaseUrl)).rejects.toMatchObject({ code: "database-newer" });
      await sql("UPDATE pgboss.version SET version = version - 1");
      await open(databaseUrl);

      await sql("CREATE ROLE weak LOGIN");
      await expect(open(databaseUrl.replace("firstdraft@", "weak@"))).rejects.toMatchObject({
        code: "database-forbidden",
        what: expect.stringContaining("permission denied"),
        fix: expect.stringContaining("owner"),
      });
    });
  });

  test("whose tables are made, and that breaks off midway, is as it was, and the next start makes them", async () => {
    const tables = "SELECT tablename FROM pg_tables WHERE schemaname = 'firstdraft'";
    await over(async (sql) => {
      await sql("DROP SCHEMA IF EXISTS firstdraft CASCADE");
      const breaking: Sql = (text) => sql(`${text}; SELECT pg_terminate_backend(pg_backend_pid())`);
      await expect(migrate(breaking)).rejects.toThrow("terminat");
    });
    await over(async (sql) => {
      expect(await sql(tables)).toEqual([]);
      await migrate(sql);
      expect(await sql(tables)).toContainEqual({ tablename: "migrations" });
    });
  });
});
