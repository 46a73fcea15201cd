import { expect, test } from "@jest/globals";
import { runJobId } from "../../src/job/identity.ts";
import { openQueue } from "../../src/job/queue.ts";
import { openStore } from "../../src/job/store.ts";
import { onEachStore } from "./on-each-store.ts";
import { recorder, until } from "./recorder.ts";
import { job } from "./triggers.ts";

/** From now on the database refuses the first change of a place in line. */
const refuseOnce = `CREATE SEQUENCE refusals;
  CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $body$ BEGIN
    IF nextval('refusals') = 1 THEN RAISE 'no place in line'; END IF;
    RETURN NEW;
  END $body$;
  CREATE TRIGGER refuse BEFORE UPDATE OF priority ON pgboss.job FOR EACH ROW EXECUTE FUNCTION refuse();`;

onEachStore((options) => {
  test("a run whose next in line cannot step up is tried again, and nobody behind it waits for ever", async () => {
    const store = await openStore(options());
    const queue = await openQueue(store, { retryDelay: 0 });
    const go = Promise.withResolvers<void>();
    const { seen, stages } = recorder({ run: () => go.promise });
    try {
      await queue.work(stages, { concurrency: 2 });
      for (const n of [1, 2, 3]) {
        await queue.enqueue(job(n));
        await until(
          async () => (await store.boss.findJobs("runs", { id: runJobId(job(n).key) })).length === 1,
        );
      }
      // By itself, since its process died twice: it begins when all others have left.
      await store.sql(`UPDATE pgboss.job SET output = '{"lost": 2}' WHERE name = 'runs' AND id = $1`, [
        runJobId(job(3).key),
      ]);
      await store.sql(refuseOnce);
      go.resolve();
      await until(() => seen.includes("done acme/sums#3"));
      expect(seen.filter((line) => !line.startsWith("intake"))).toEqual([
        ...["run acme/sums#1 1", "done acme/sums#1"],
        ...["run acme/sums#2 2", "done acme/sums#2"],
        ...["run acme/sums#3 1", "done acme/sums#3"],
      ]);
    } finally {
      go.resolve();
      await queue.close();
    }
  });

  test("of two that are taken in at the same moment one stands in line", async () => {
    const store = await openStore(options());
    const queue = await openQueue(store, { retryDelay: 0 });
    const repositories = Array.from({ length: 4 }, (_, n) => `pair${n}`);
    const met = new Map(repositories.map((name) => [name, { ...Promise.withResolvers<void>(), count: 0 }]));
    const end = Promise.withResolvers<void>();
    const { seen, stages } = recorder({
      intake: async ({ repository: { repo } }) => {
        const both = met.get(repo);
        if (both && ++both.count === 2) both.resolve();
        await both?.promise;
        return "accepted";
      },
      run: () => end.promise,
    });
    try {
      await queue.work(stages, { concurrency: 1 });
      // At work for as long as is looked, so that all others wait.
      await queue.enqueue(job(1, "other"));
      await until(() => seen.length === 1);
      for (const name of repositories) for (const n of [1, 2]) await queue.enqueue(job(n, name));
      const waiting = async (where: string) => {
        const rows = await store.sql(`SELECT singleton_key FROM pgboss.job WHERE name = 'runs' AND ${where}`);
        return (rows as { singleton_key: string }[]).map((row) => row.singleton_key).sort();
      };
      const inLine = "state = 'created' AND priority > -1000000";
      await until(async () => (await waiting("state = 'created'")).length === 2 * repositories.length);
      await until(async () => (await waiting(inLine)).length === repositories.length);
      expect(await waiting(inLine)).toEqual(repositories.map((name) => `acme/${name}`));
    } finally {
      end.resolve();
      await until(
        () => seen.filter((line) => line.startsWith("done")).length === 1 + 2 * repositories.length,
      );
      await queue.close();
    }
  });

  test("an issue and its pull request have one run at a time, also where a repository may have several", async () => {
    const store = await openStore(options());
    const queue = await openQueue(store, { retryDelay: 0 });
    const go = Promise.withResolvers<void>();
    // The second is asked for at the pull request of the first.
    const [issue, pullRequest, other] = [job(1, "two"), job(2, "two"), job(4, "two")];
    const { seen, stages } = recorder({
      intake: async ({ key }) => (key === pullRequest.key ? { issue: 1 } : "accepted"),
      run: async ({ key }) => {
        if (key === issue.key) await go.promise;
      },
    });
    try {
      await queue.work(stages, { concurrency: 3, runsPerRepository: 2 });
      await queue.enqueue(issue);
      await until(() => seen.includes(`run ${issue.key} 1`));
      await queue.enqueue(pullRequest);
      const id = runJobId(pullRequest.key);
      await until(async () => (await store.boss.findJobs("runs", { id })).length === 1);
      await queue.enqueue(other);
      await until(() => seen.includes(`done ${other.key}`));
      // It came before the other, and a worker was free.
      expect(seen).not.toContain(`run ${pullRequest.key} 1`);
      go.resolve();
      await until(() => seen.includes(`done ${pullRequest.key}`));
    } finally {
      go.resolve();
      await queue.close();
    }
  });
});
