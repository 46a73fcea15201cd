import { setTimeout as delay } from "node:timers/promises";
import { expect, test } from "@jest/globals";
import type { Job } from "../../src/job/job.ts";
import { openQueue } from "../../src/job/queue.ts";
import { openStore, type StoreOptions } from "../../src/job/store.ts";
import { onEachStore } from "./on-each-store.ts";
import { recorder, until } from "./recorder.ts";
import { job } from "./triggers.ts";

/** Takes all jobs in before the first run ends, then lets them run. Returns those that waited, in the order of their starts. */
async function startsOf(options: StoreOptions, jobs: readonly Job[], concurrency: number): Promise<Job[]> {
  const queue = await openQueue(await openStore(options), { retryDelay: 0 });
  const starts: Job[] = [];
  const allIn = Promise.withResolvers<void>();
  const active = new Map<string, number>();
  const { seen, stages } = recorder({
    run: async (of) => {
      starts.push(of);
      const { repo } = of.repository;
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
    await until(() => starts.length >= concurrency);
    allIn.resolve();
    await until(() => count("done") + count("failed") === jobs.length);
    expect(count("done")).toBe(jobs.length);
    expect(new Set(starts).size).toBe(jobs.length);
    return starts.slice(concurrency);
  } finally {
    allIn.resolve();
    await queue.close();
  }
}

/** The most starts by which one was ahead of another that was waiting: 1 is turn by turn. */
function lead(starts: readonly Job[], of: (job: Job) => string): number {
  const total = new Map<string, number>();
  for (const one of starts) total.set(of(one), (total.get(of(one)) ?? 0) + 1);
  const started = new Map([...total.keys()].map((name) => [name, 0]));
  let most = 0;
  for (const one of starts) {
    const own = (started.get(of(one)) ?? 0) + 1;
    started.set(of(one), own);
    const waiting = [...started].filter(([name, count]) => count < (total.get(name) ?? 0));
    most = Math.max(most, ...waiting.map(([, count]) => own - count));
  }
  return most;
}

const repositoryOf = ({ repository }: Job) => repository.repo;
const installationOf = ({ installationId }: Job) => String(installationId);

onEachStore((options) => {
  // By age alone it would be ahead by 105.
  test("200 labels over 20 repositories, 105 of them in one: all end, and the repositories take turns", async () => {
    const many = Array.from({ length: 105 }, (_, n) => job(n + 1, "busy"));
    const few = Array.from({ length: 95 }, (_, n) => job(n + 1, `r${n % 19}`));
    const starts = await startsOf(options(), [...many, ...few], 8);
    // No repository starts its second more than another that waits: its (n+2)th comes after each one's nth.
    expect(lead(starts, repositoryOf)).toBeLessThanOrEqual(2);
  });

  test("an installation with many repositories takes turns with one that has a single one", async () => {
    const many = Array.from({ length: 24 }, (_, n) => job(n + 1, `m${n % 8}`));
    const one = Array.from({ length: 6 }, (_, n) => job(n + 1, "single", { installationId: 8 }));
    const starts = await startsOf(options(), [...many, ...one], 2);
    expect(lead(starts, installationOf)).toBeLessThanOrEqual(2);
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
