import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { runJobId } from "../../src/job/identity.ts";
import { openQueue } from "../../src/job/queue.ts";
import { runs } from "../../src/job/queues.ts";
import { takeBack } from "../../src/job/rows.ts";
import { openStore, openTables } from "../../src/job/store.ts";
import { postgresPrograms, startPostgres, type TestPostgres } from "./postgres.ts";
import { recorder, until, untilAborted } from "./recorder.ts";
import { pglite, remove, temporary } from "./stores.ts";
import { job } from "./triggers.ts";

const programs = postgresPrograms();
let postgres: TestPostgres;
const onPostgres = (dataDir: string) => ({ ...pglite(dataDir), databaseUrl: postgres.url });

// Debian's postgresql package is not everywhere.
(programs === null ? describe.skip : describe)("several processes on one PostgreSQL", () => {
  beforeAll(async () => {
    postgres = await startPostgres(programs ?? "");
  });
  afterAll(() => postgres?.stop());

  test("two are refused the same data folder, and let in with their own", async () => {
    const [own, other] = [temporary(), temporary()];
    const first = await openStore(onPostgres(own));
    try {
      await expect(openStore(onPostgres(own))).rejects.toMatchObject({
        code: "data-dir-locked",
        what: expect.stringContaining(`${own} is in use by another firstdraft (process ${process.pid})`),
        fix: expect.stringContaining("its own DATA_DIR"),
      });
      await (await openStore(onPostgres(other))).close();
    } finally {
      await first.close();
    }
    await (await openStore(onPostgres(own))).close();
    for (const folder of [own, other]) remove(folder);
  });

  test("a worker whose heart stood still has lost its claim, and gives back nothing that another works on", async () => {
    const [own, other] = [temporary(), temporary()];
    const [first, second] = [await openStore(onPostgres(own)), await openStore(onPostgres(other))];
    const [one, two] = [
      await openQueue(first, { retryDelay: 0 }),
      await openQueue(second, { retryDelay: 0 }),
    ];
    const go = Promise.withResolvers<void>();
    const claims: (() => Promise<void>)[] = [];
    const before = recorder({
      run: (_, signal, __, stillOurs) => {
        claims.push(stillOurs);
        return untilAborted(signal);
      },
    });
    const after = recorder({
      run: (_, __, ___, stillOurs) => {
        claims.push(stillOurs);
        return go.promise;
      },
    });
    const of = job(9);
    const open = new Set([one, two]);
    try {
      await one.work(before.stages, { concurrency: 1 });
      await one.enqueue(of);
      await until(() => before.seen.includes("run acme/sums#9 1"));
      await claims[0]?.();
      await two.work(after.stages, { concurrency: 1 });
      await until(async () => {
        // Again if it beat in between.
        await first.sql(
          "UPDATE pgboss.job SET heartbeat_on = now() - interval '1 hour' WHERE id = $1 AND retry_count = 0",
          [runJobId(of.key)],
        );
        await takeBack(first.boss, [runs], "silent");
        return after.seen.includes("run acme/sums#9 2");
      });
      await expect(claims[0]?.()).rejects.toThrow("lost its claim");
      await claims[1]?.();
      open.delete(one);
      await one.close();
      expect(await second.boss.findJobs(runs, { id: runJobId(of.key) })).toMatchObject([
        { state: "active", retryCount: 1 },
      ]);
      go.resolve();
      await until(() => after.seen.includes("done acme/sums#9"));
    } finally {
      go.resolve();
      await Promise.all([...open].map((queue) => queue.close(0)));
      for (const folder of [own, other]) remove(folder);
    }
  });

  test("what a dead process had at work another takes at once, and the attempt does not count", async () => {
    const [own, other] = [temporary(), temporary()];
    const [first, second] = [await openStore(onPostgres(own)), await openStore(onPostgres(other))];
    // What counts as failed would wait for ten minutes.
    const patient = { retryDelay: 600 };
    const [one, two] = [await openQueue(first, patient), await openQueue(second, patient)];
    const before = recorder({ run: (_, signal) => untilAborted(signal) });
    const after = recorder();
    const id = runJobId(job(10).key);
    try {
      await one.work(before.stages, { concurrency: 1 });
      await one.enqueue(job(10));
      await until(() => before.seen.includes("run acme/sums#10 1"));
      await takeBack(second.boss, [runs], "silent");
      expect(await second.boss.findJobs(runs, { id })).toMatchObject([{ state: "active", retryLimit: 3 }]);
      await two.work(after.stages);
      await until(async () => {
        // The heart of this one beats on. For pg-boss, which may look in between, it has not yet stopped.
        await second.sql(
          `UPDATE pgboss.job SET heartbeat_on = now() - (heartbeat_seconds - 1.5) * interval '1s'
           WHERE id = $1 AND retry_count = 0`,
          [id],
        );
        return [...before.seen, ...after.seen].includes("run acme/sums#10 2");
      });
      expect(await second.boss.findJobs(runs, { id })).toMatchObject([{ retryCount: 1, retryLimit: 4 }]);
    } finally {
      await Promise.all([one.close(0), two.close(0)]);
      for (const folder of [own, other]) remove(folder);
    }
  });

  test("those that start at once on empty databases all get in", async () => {
    const first = await openTables({ ...pglite(""), databaseUrl: postgres.url });
    for (let round = 0; round < 20; round++) {
      await first.sql(`CREATE DATABASE round${round}`);
      const databaseUrl = postgres.url.replace("/postgres?", `/round${round}?`);
      const opening = [1, 2, 3, 4, 5].map(() => openTables({ ...pglite(""), databaseUrl }));
      for (const tables of await Promise.all(opening)) await tables.close();
    }
    await first.close();
  });
});
