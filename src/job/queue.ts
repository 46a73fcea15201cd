import { setTimeout as delay } from "node:timers/promises";
import { deliveryJobId } from "./identity.ts";
import type { Job } from "./job.ts";
import { all, createQueues, intake } from "./queues.ts";
import type { Store } from "./store.ts";
import { type Stages, startWorkers } from "./work.ts";

export interface Queue {
  /** One insert. False: this delivery is known, and was or is being handled. */
  enqueue(job: Job): Promise<boolean>;
  /** Starts working; `concurrency` repositories at the same time (default 2), each on one job. */
  work(stages: Stages, options?: { concurrency?: number | undefined }): Promise<void>;
  /** Stops claiming, aborts what runs, waits for it at most `graceMs` (default 5000), gives it back, closes the store. */
  close(graceMs?: number): Promise<void>;
}

export interface QueueOptions {
  /** Seconds before the second attempt of a run; doubled each time, up to ten minutes. Default 30; 0: never wait. */
  readonly retryDelay?: number | undefined;
}

export async function openQueue(store: Store, { retryDelay = 30 }: QueueOptions = {}): Promise<Queue> {
  const { boss } = store;
  await createQueues(store, retryDelay);
  const asked = new AbortController();
  const over = new AbortController();

  return {
    enqueue: async (job) => {
      const id = await boss.send(intake, job, { id: deliveryJobId(job.deliveryId), singletonKey: job.key });
      return id !== null;
    },
    work: (stages, { concurrency = 2 } = {}) =>
      startWorkers(boss, { asked: asked.signal, over: over.signal }, stages, concurrency),
    close: async (graceMs = 5000) => {
      asked.abort(new Error("firstdraft is stopping"));
      const stopped = Promise.all(all.map((name) => boss.offWork(name)));
      const settled = new AbortController();
      const grace = delay(graceMs, null, { signal: settled.signal }).catch(() => {});
      await Promise.race([stopped, grace]);
      settled.abort();
      over.abort(new Error("firstdraft has stopped"));
      await stopped;
      await store.close();
    },
  };
}
