import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { openLedger } from "../../src/job/ledger.ts";
import { openQueue } from "../../src/job/queue.ts";
import { openStore } from "../../src/job/store.ts";
import { postgresPrograms, startPostgres, type TestPostgres } from "./postgres.ts";
import { recorder, until } from "./recorder.ts";
import { pglite, remove, temporary } from "./stores.ts";
import { job } from "./triggers.ts";

const programs = postgresPrograms();
// Debian's postgresql package is not everywhere.
const onPostgres = programs === null ? test.skip : test;
let postgres: TestPostgres | undefined;
let dir = "";

beforeAll(async () => {
  dir = temporary();
  if (programs !== null) postgres = await startPostgres(programs);
});
afterAll(async () => {
  await postgres?.stop();
  remove(dir);
});

onPostgres(
  "a database that restarts in mid-run: the run ends, those behind it follow, the money is there, and it is said",
  async () => {
    const said: string[] = [];
    const store = await openStore({
      ...{ ...pglite(dir), databaseUrl: postgres?.url ?? "" },
      onError: ({ message }) => void said.push(message),
    });
    const ledger = openLedger(store.sql, { issue: 3 });
    const queue = await openQueue(store, { retryDelay: 0 });
    const go = Promise.withResolvers<void>();
    const { seen, stages } = recorder({
      run: async ({ key }) => {
        if (key.endsWith("#1")) await go.promise;
      },
    });
    try {
      await queue.work(stages);
      await queue.enqueue(job(1));
      await until(() => seen.includes("run acme/sums#1 1"));
      await queue.enqueue(job(2));
      const run = { run: "one", job: job(1), issue: 1, model: "m" };
      await ledger.reserve(run, 2);

      await postgres?.restart(1500);
      go.resolve();
      await until(() => seen.includes("done acme/sums#2"));
      await queue.enqueue(job(3));
      await until(() => seen.includes("done acme/sums#3"));

      expect(seen).toContain("done acme/sums#1");
      // One whose end the database did not get to hear of is made again, and finds in its own record that it had ended.
      const starts = seen.filter((line) => line.startsWith("run acme/sums#1 "));
      expect(["run acme/sums#1 1", "run acme/sums#1 2"]).toEqual(expect.arrayContaining(starts));
      expect(seen.filter((line) => line.startsWith("failed"))).toEqual([]);
      expect(await ledger.reserve({ ...run, run: "other" }, 2)).toMatchObject({ usd: 1, by: "issue" });
      expect(said.length).toBeGreaterThan(0);
    } finally {
      await queue.close();
    }
  },
);
