import { setTimeout as delay } from "node:timers/promises";
import { deliveryJobId } from "./identity.ts";
import type { Job } from "./job.ts";
import type { Later } from "./later.ts";
import { all, createQueues, intake } from "./queues.ts";
import { createRedeliveries, type Redeliveries } from "./redeliveries.ts";
import type { Store } from "./store.ts";
import { supervise } from "./supervise.ts";
import { type Stages, startWorkers, type WorkOptions } from "./work.ts";

export interface Queue {
  /** One insert. False: this delivery is known, and was or is being handled. */
  enqueue(job: Job): Promise<boolean>;
  /** The same, to be taken so many minutes from now, whatever becomes of this process meanwhile. */
  readonly later: Later;
  /** Starts working. Repositories take turns, and so do installations. */
  work(stages: Stages, options?: WorkOptions): Promise<void>;
  readonly redeliveries: Redeliveries;
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
  void supervise(store, asked.signal);
  const closing = { asked: asked.signal, over: over.signal };

  const later: Later = async (job, minutes) => {
    const options = { id: deliveryJobId(job.deliveryId), singletonKey: job.key };
    const startAfter = minutes > 0 ? { startAfter: Math.ceil(minutes * 60) } : {};
    return (await boss.send(intake, job, { ...options, ...startAfter })) !== null;
  };
  return {
    enqueue: (job) => later(job, 0),
    later,
    work: (stages, options = {}) => startWorkers(boss, closing, stages, options),
    redeliveries: createRedeliveries(boss, closing),
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
