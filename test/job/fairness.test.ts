import { setTimeout as delay } from "node:timers/promises";
import { expect, test } from "@jest/globals";
import type { Job } from "../../src/job/job.ts";
import { openQueue } from "../../src/job/queue.ts";
import { openStore, type StoreOptions } from "../../src/job/store.ts";
import { onEachStore } from "./on-each-store.ts";
import { recorder, until } from "./recorder.ts";
import { job } from "./triggers.ts";

/** One run as the database has it: seconds of its clock. */
interface Turn {
  readonly of: Job;
  readonly created: number;
  readonly claimed: number;
  readonly ended: number;
}

/** Takes all jobs in before the first run ends, then lets them run. Returns what the database says of them, in the order in which they were claimed. */
async function turnsOf(options: StoreOptions, jobs: readonly Job[], concurrency: number): Promise<Turn[]> {
  const store = await openStore(options);
  const queue = await openQueue(store, { retryDelay: 0 });
  const allIn = Promise.withResolvers<void>();
  const active = new Map<string, number>();
  const { seen, stages } = recorder({
    run: async ({ repository: { repo } }) => {
      expect(active.get(repo) ?? 0).toBe(0);
      active.set(repo, 1);
      await allIn.promise;
      active.set(repo, 0);
    },
  });
  try {
    await queue.work(stages, { concurrency });
    const count = (word: string) => seen.filter((line) => line.startsWith(word)).length;
    for (const [index, of] of jobs.entries()) {
      await queue.enqueue(of);
      // One by one, since a worker that is told of a job does not wait before it looks for the next.
      await until(() => count("intake") > index);
    }
    await until(() => count("run") >= concurrency);
    allIn.resolve();
    await until(() => count("done") + count("failed") === jobs.length);
    expect([count("run"), count("done")]).toEqual([jobs.length, jobs.length]);
    let turns: readonly Turn[] = [];
    // It hears of the last ends after they were written down here.
    await until(async () => {
      turns = await store.sql<Turn>(
        `SELECT data AS of, extract(epoch FROM created_on)::float8 AS created,
           extract(epoch FROM started_on)::float8 AS claimed, extract(epoch FROM completed_on)::float8 AS ended
         FROM pgboss.job WHERE name = 'runs' AND state = 'completed' AND data->>'deliveryId' = ANY($1::text[])
         ORDER BY started_on`,
        [jobs.map(({ deliveryId }) => deliveryId)],
      );
      return turns.length === jobs.length;
    });
    return [...turns];
  } finally {
    allIn.resolve();
    await queue.close();
  }
}

/**
 * The most turns that one had while another could have had one: 1 is turn by turn. Whose repository is at work cannot, however
 * long that takes.
 */
function mostBefore(turns: readonly Turn[], groupOf: (job: Job) => string): number {
  const free = new Map<Turn, number>();
  const lastEnd = new Map<string, number>();
  for (const turn of turns) {
    const line = repositoryOf(turn.of);
    free.set(turn, Math.max(turn.created, lastEnd.get(line) ?? 0));
    lastEnd.set(line, turn.ended);
  }
  const lastClaim = new Map<string, number>();
  const most = turns.map((turn, index) => {
    const group = groupOf(turn.of);
    const waiting = turns.slice(index).filter(({ of }) => groupOf(of) === group);
    const since = Math.max(lastClaim.get(group) ?? 0, Math.min(...waiting.map((one) => free.get(one) ?? 0)));
    lastClaim.set(group, turn.claimed);
    const between = turns.filter(({ claimed }) => since < claimed && claimed < turn.claimed);
    const turnsEach = [...Map.groupBy(between, ({ of }) => groupOf(of)).values()].map(({ length }) => length);
    return Math.max(0, ...turnsEach);
  });
  return Math.max(...most);
}

const repositoryOf = ({ repository }: Job) => repository.repo;
const installationOf = ({ installationId }: Job) => String(installationId);

onEachStore((options) => {
  // By age alone it would be ahead by 105.
  test("200 labels over 20 repositories, 105 of them in one: all end, and the repositories take turns", async () => {
    const many = Array.from({ length: 105 }, (_, n) => job(n + 1, "busy"));
    const few = Array.from({ length: 95 }, (_, n) => job(n + 1, `r${n % 19}`));
    const turns = await turnsOf(options(), [...many, ...few], 3);
    expect(mostBefore(turns, repositoryOf)).toBeLessThanOrEqual(2);
  });

  test("an installation with many repositories takes turns with one that has a single one", async () => {
    const many = Array.from({ length: 24 }, (_, n) => job(n + 1, `m${n % 8}`));
    const one = Array.from({ length: 6 }, (_, n) => job(n + 1, "single", { installationId: 8 }));
    const turns = await turnsOf(options(), [...many, ...one], 2);
    expect(mostBefore(turns, installationOf)).toBeLessThanOrEqual(2);
  });

  test("a repository has as many runs at a time as it is allowed, and no more", async () => {
    const queue = await openQueue(await openStore(options()), { retryDelay: 0 });
    const two = Promise.withResolvers<void>();
    let [active, most] = [0, 0];
    const { seen, stages } = recorder({
      run: async () => {
        most = Math.max(most, ++active);
        if (active === 2) two.resolve();
        await two.promise;
        await delay(30);
        active--;
      },
    });
    try {
      for (let n = 1; n <= 6; n++) await queue.enqueue(job(n, "pair"));
      await queue.work(stages, { concurrency: 3, runsPerRepository: 2 });
      await until(() => seen.filter((line) => line.startsWith("done")).length === 6);
      expect(most).toBe(2);
    } finally {
      two.resolve();
      await queue.close();
    }
  });
});
