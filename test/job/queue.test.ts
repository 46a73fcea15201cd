import { setTimeout as delay } from "node:timers/promises";
import { afterEach, expect, test } from "@jest/globals";
import { runJobId } from "../../src/job/identity.ts";
import type { Job } from "../../src/job/job.ts";
import { openQueue, type Queue } from "../../src/job/queue.ts";
import { intake, runs } from "../../src/job/queues.ts";
import { openStore, type Store } from "../../src/job/store.ts";
import type { Stages } from "../../src/job/work.ts";
import { dataFolder } from "../helpers/data-folder.ts";
import { onEachStore } from "./on-each-store.ts";
import { recorder, until, untilAborted } from "./recorder.ts";
import { pglite, remove } from "./stores.ts";
import { job } from "./triggers.ts";

onEachStore((options) => {
  let queue: Queue;
  let store: Store;
  const open = async () => {
    store = await openStore(options());
    queue = await openQueue(store, { retryDelay: 0 });
  };
  /** How a job stands in the database, which hears of its end after the handler has returned. */
  const stands = async (name: string, id: string) => (await store.boss.findJobs(name, { id }))[0]?.state;

  afterEach(() => queue.close());

  test("a delivery becomes one run, however often it is delivered", async () => {
    await open();
    const { seen, stages } = recorder();
    const of = job(1);
    await queue.work(stages);
    expect(await Promise.all([1, 2, 3, 4, 5].map(() => queue.enqueue(of)))).toContain(true);
    await until(() => seen.includes("done acme/sums#1"));
    expect(await queue.enqueue(of)).toBe(false);
    await delay(300);
    expect(seen).toEqual(["intake acme/sums#1", "run acme/sums#1 1", "done acme/sums#1"]);
  });

  test("a second label while a run is queued or active is refused; after its end a new one runs", async () => {
    await open();
    const go = Promise.withResolvers<void>();
    const { seen, stages } = recorder({ run: () => go.promise });
    await queue.work(stages);
    await Promise.all([queue.enqueue(job(2)), queue.enqueue(job(2))]);
    await until(() => seen.length === 3);
    expect(seen).toEqual(
      expect.arrayContaining(["intake acme/sums#2", "run acme/sums#2 1", "intake acme/sums#2 busy"]),
    );
    go.resolve();
    await until(async () => (await stands(runs, runJobId(job(2).key))) === "completed");
    await queue.enqueue(job(2));
    await until(() => seen.filter((line) => line === "done acme/sums#2").length === 2);
  });

  test("one run per repository, two repositories at once, and every job comes to its turn", async () => {
    await open();
    const active = new Map<string, number>();
    const two = Promise.withResolvers<void>();
    let most = 0;
    const { seen, stages } = recorder({
      run: async ({ repository: { repo } }) => {
        active.set(repo, (active.get(repo) ?? 0) + 1);
        expect(active.get(repo)).toBe(1);
        most = Math.max(
          most,
          [...active.values()].reduce((sum, n) => sum + n, 0),
        );
        if (most === 2) two.resolve();
        // However slow the machine is, the first one is still there when another repository's comes.
        await two.promise;
        await delay(30);
        active.set(repo, 0);
      },
    });
    const jobs = ["a", "b", "c"].flatMap((repo) => [1, 2, 3].map((n) => job(n, repo)));
    for (const of of jobs) await queue.enqueue(of);
    await queue.work(stages, { concurrency: 2 });
    await until(() => seen.filter((line) => line.startsWith("done")).length === 9);
    expect(most).toBe(2);
    expect(seen.filter((line) => line.startsWith("failed"))).toEqual([]);
  });

  test("what intake refuses never runs", async () => {
    await open();
    const { seen, stages } = recorder({ intake: async () => "refused" });
    const of = job(3);
    await queue.work(stages);
    await queue.enqueue(of);
    // Not yet taken in it would be by the next test, which refuses nothing.
    await until(async () => (await stands(intake, of.deliveryId)) === "completed");
    await delay(500);
    expect(seen).toEqual([]);
  });

  test("a run that fails is tried again; SIGTERM's abort gives it back without counting", async () => {
    await open();
    const first = recorder({ run: (_, signal) => untilAborted(signal) });
    await queue.work(first.stages);
    await queue.enqueue(job(4));
    await until(() => first.seen.includes("run acme/sums#4 1"));
    await queue.close();

    await open();
    const second = recorder({
      run: async (_, __, attempt) => {
        if (attempt === 2) throw new Error("GitHub is away");
      },
    });
    await queue.work(second.stages);
    await until(() => second.seen.includes("done acme/sums#4"));
    expect(second.seen).toEqual(["run acme/sums#4 2", "run acme/sums#4 3", "done acme/sums#4"]);
  });

  test("a handler that does not listen is left behind, and its job done again", async () => {
    await open();
    const deaf = recorder({ run: () => new Promise(() => {}) });
    await queue.work(deaf.stages);
    await queue.enqueue(job(5));
    await until(() => deaf.seen.length === 2);
    await queue.close(50);

    await open();
    const { seen, stages } = recorder();
    await queue.work(stages);
    await until(() => seen.includes("done acme/sums#5"));
  });
});

test("poison ends in one place: intake by its reason, a run by its reason, and others go on", async () => {
  const dir = await dataFolder();
  const queue = await openQueue(await openStore(pglite(dir)), { retryDelay: 0 });
  const { seen, stages } = recorder({
    run: async ({ key }: Job) => {
      if (key.endsWith("#6")) throw new Error("bad run");
    },
  });
  const takeIn: Stages["intake"] = async (of, state) => {
    if (of.key.endsWith("#7")) throw new Error("bad intake");
    return stages.intake(of, state);
  };
  await queue.work({ ...stages, intake: takeIn });
  await Promise.all([queue.enqueue(job(6)), queue.enqueue(job(7, "other")), queue.enqueue(job(8))]);
  await until(() => seen.filter((line) => line.startsWith("failed")).length === 2);
  await until(() => seen.includes("done acme/sums#8"));
  expect(seen).toEqual(
    expect.arrayContaining([
      "failed acme/sums#6 run bad run",
      "failed acme/other#7 intake bad intake",
      "done acme/sums#8",
    ]),
  );
  await queue.close();
  remove(dir);
});
