import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, jest, test } from "@jest/globals";
import { openJournalRows } from "../../src/job/journal-rows.ts";
import { openLedger } from "../../src/job/ledger.ts";
import { openQueue } from "../../src/job/queue.ts";
import { openStore } from "../../src/job/store.ts";
import { firstdraft } from "../helpers/command-line.ts";
import { dataFolder } from "../helpers/data-folder.ts";
import { patience } from "../helpers/until.ts";
import { postgresPrograms, startPostgres, type TestPostgres } from "../job/postgres.ts";
import { recorder, until, untilAborted } from "../job/recorder.ts";
import { pglite, remove, temporary } from "../job/stores.ts";
import { job } from "../job/triggers.ts";

jest.setTimeout(patience);
const programs = postgresPrograms();

// Debian's postgresql package is not everywhere.
(programs === null ? describe.skip : describe)(
  "an App that goes from the embedded database to a PostgreSQL",
  () => {
    let postgres: TestPostgres;
    let dir = "";
    beforeAll(async () => {
      postgres = await startPostgres(programs ?? "");
      dir = await dataFolder();
    });
    afterAll(async () => {
      await postgres?.stop();
      remove(dir);
    });
    const move = (dataDir = dir) =>
      firstdraft(["move", "--json"], { DATA_DIR: dataDir, DATABASE_URL: postgres.url });
    const run = { run: "a-run", job: job(3), issue: 3, model: "m" };
    const ended = { outcome: "drafted", verdict: "verified", pullRequest: 7, usd: 1.25 };

    test("jobs that wait or were at work go on there, what was done is not done again, and the money is what it was", async () => {
      const before = await openStore(pglite(dir));
      const ledger = openLedger(before.sql, {});
      await ledger.reserve(run, 2);
      await ledger.settle(run.run, ended);
      await (await openJournalRows(before.sql).begin("another")).add(["what it had come to"]);
      const queue = await openQueue(before, { retryDelay: 0 });
      const [done, held, waiting] = [job(1, "one"), job(2, "two"), job(4, "two")];
      const first = recorder({
        run: async ({ key }, signal) => {
          if (key !== done.key) await untilAborted(signal);
        },
      });
      await queue.work(first.stages);
      for (const one of [done, held]) await queue.enqueue(one);
      await until(() => [`done ${done.key}`, `run ${held.key} 1`].every((line) => first.seen.includes(line)));
      await queue.enqueue(waiting);
      await queue.close(0);
      // As if it had been killed.
      const killed = await openStore(pglite(dir));
      await killed.sql("UPDATE pgboss.job SET state = 'active' WHERE name = 'runs' AND state = 'retry'");
      await killed.close();
      const costs = [expect.objectContaining({ runs: 1, usd: 1.25, pullRequests: 1 })];

      const { code, stdout } = await move();
      expect(code).toBe(0);
      expect(JSON.parse(stdout).moved).toMatchObject({ "firstdraft.runs": 1, "firstdraft.journal_lines": 1 });
      expect(existsSync(join(dir, "queue"))).toBe(false);
      expect(existsSync(join(dir, "queue-moved"))).toBe(true);

      const after = await openStore({ ...pglite(dir), databaseUrl: postgres.url });
      expect(await openLedger(after.sql, {}).costs()).toEqual(costs);
      expect(await openJournalRows(after.sql).read("another")).toEqual(["what it had come to"]);
      const again = await openQueue(after, { retryDelay: 0 });
      try {
        const second = recorder({ run: async () => {} });
        expect(await again.enqueue(done)).toBe(false);
        await again.work(second.stages);
        await until(() => [held, waiting].every(({ key }) => second.seen.includes(`done ${key}`)));
        expect(second.seen.filter((line) => line.includes(done.key))).toEqual([]);
      } finally {
        await again.close();
      }
    });

    test("moved before, to another one: nothing is moved before there is a place for what was embedded", async () => {
      const folder = await dataFolder();
      mkdirSync(join(folder, "queue-moved"));
      writeFileSync(join(folder, "queue-moved", "PG_VERSION"), "");
      const refused = await move(folder);
      expect([refused.code, refused.stderr]).toEqual([
        2,
        expect.stringContaining(
          "queue-moved is there already, from a move before this one, and nothing was moved.",
        ),
      ]);
      expect(existsSync(join(folder, "queue"))).toBe(true);
      remove(folder);
    });

    test("into a database that is in use nothing is moved, nor from a folder without one", async () => {
      const other = await dataFolder();
      const refused = await move(other);
      expect(refused.code).toBe(2);
      expect(refused.stderr).toContain("has rows in pgboss.job already, and nothing was moved.");
      expect(existsSync(join(other, "queue"))).toBe(true);
      const empty = temporary();
      expect((await move(empty)).stderr).toContain(`There is no embedded database in ${empty}.`);
      for (const folder of [other, empty]) remove(folder);
    });
  },
);
