import { randomUUID } from "node:crypto";
import { mkdtemp } from "node:fs/promises";
import { join } from "node:path";
import type { Job } from "../../src/job/job.ts";
import { openQueue } from "../../src/job/queue.ts";
import { openStore } from "../../src/job/store.ts";
import { type Measure, type Row, row } from "./row.ts";
import { type BenchStore, onBothStores } from "./stores.ts";

const jobs = 1000;
const repositories = 20;
const what = "jobs through the queue, a run that does nothing";

/** How many jobs a second the queue itself can take in, give out in turns, and end. */
export const queue: Measure = {
  name: "queue",
  measure: ({ folder }) => onBothStores(folder, what, (store) => throughput(folder, store)),
};

async function throughput(folder: string, { name, options }: BenchStore): Promise<Row[]> {
  const dataDir = await mkdtemp(join(folder, "data-"));
  const opened = await openQueue(await openStore({ dataDir, ...options }));
  const ended = new Map<string, number>();
  const all = Promise.withResolvers<void>();
  try {
    const start = performance.now();
    await opened.work({
      intake: async () => "accepted",
      run: async ({ key }) => {
        ended.set(key, (ended.get(key) ?? 0) + 1);
        if (ended.size === jobs) all.resolve();
      },
      failed: async ({ key }, { reason }) => all.reject(new Error(`${key}: ${reason}`)),
    });
    for (let index = 0; index < jobs; index++) await opened.enqueue(job(index));
    const stored = performance.now();
    await all.promise;
    const took = performance.now() - start;
    const twice = [...ended.values()].filter((times) => times > 1).length;
    const note = `${jobs} of ${repositories} repositories, two at a time, from the first that is stored to the last that ends; all stored after ${((stored - start) / 1000).toFixed(1)} s; ${twice} run twice`;
    return [row(`${what}, ${name}`, [(jobs * 1000) / took], "/s", null, note)];
  } finally {
    await opened.close();
  }
}

function job(index: number): Job {
  const repository = { owner: "acme", repo: `r${index % repositories}` };
  const number = 1 + Math.floor(index / repositories);
  const issue = { number, title: "Sum is off by one", body: "It should not be.", author: "ada" };
  return {
    ...{ key: `acme/${repository.repo}#${number}`, deliveryId: randomUUID(), repository, installationId: 1 },
    ...{ requestedAt: new Date().toISOString(), requestedBy: { login: "ada", type: "User" } },
    request: { kind: "issue", issue, label: "ai-generate" },
  };
}
