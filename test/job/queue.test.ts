import { setTimeout as delay } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "@jest/globals";
import type { Job } from "../../src/job/job.ts";
import { openQueue, type Queue } from "../../src/job/queue.ts";
import { openStore, type StoreOptions } from "../../src/job/store.ts";
import type { Stages } from "../../src/job/work.ts";
import { dataFolder } from "../helpers/data-folder.ts";
import { postgresPrograms, startPostgres, type TestPostgres } from "./postgres.ts";
import { pglite, remove } from "./stores.ts";
import { job } from "./triggers.ts";

/** Stages that write down what they were asked. */
function recorder(change: Partial<Stages> = {}) {
  const seen: string[] = [];
  const stages: Stages = {
    intake: async (of, { busy }) => {
      seen.push(`intake ${of.key}${busy ? " busy" : ""}`);
      return busy ? "refused" : "accepted";
    },
    run: async (of, signal, attempt) => {
      seen.push(`run ${of.key} ${attempt}`);
      await change.run?.(of, signal, attempt);
      seen.push(`done ${of.key}`);
    },
    failed: async (of, { stage, reason }) => {
      seen.push(`failed ${of.key} ${stage} ${reason}`);
    },
    ...(change.intake ? { intake: change.intake } : {}),
  };
  return { seen, stages };
}

async function until(condition: () => boolean, seconds = 20): Promise<void> {
  const end = Date.now() + seconds * 1000;
  while (!condition()) {
    if (Date.now() > end) throw new Error("waited in vain");
    await delay(10);
  }
}

const untilAborted = (signal: AbortSignal) =>
  new Promise<void>((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));

const programs = postgresPrograms();
const given = process.env.DATABASE_URL;
let postgres: TestPostgres | undefined;
let dir = "";

beforeAll(async () => {
  dir = await dataFolder();
  if (!given && programs) postgres = await startPostgres(programs);
});
afterAll(async () => {
  remove(dir);
  await postgres?.stop();
});

const stores: [string, () => StoreOptions][] = [["PGlite", () => pglite(dir)]];
if (given || programs) {
  stores.push(["PostgreSQL", () => ({ ...pglite(dir), databaseUrl: given ?? postgres?.url ?? "" })]);
} else {
  test.skip("PostgreSQL: neither DATABASE_URL nor Debian's postgresql package is here", () => {});
}

describe.each(stores)("on %s", (_, options) => {
  let queue: Queue;
  const open = async () => {
    queue = await openQueue(await openStore(options()), { retryDelay: 0 });
    return queue;
  };

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
    await until(() => seen.includes("done acme/sums#2"));
    await delay(300);
    await queue.enqueue(job(2));
    await until(() => seen.filter((line) => line === "done acme/sums#2").length === 2);
  });

  test("one run per repository, two repositories at once, and every job comes to its turn", async () => {
    await open();
    const active = new Map<string, number>();
    let most = 0;
    const { seen, stages } = recorder({
      run: async ({ repository: { repo } }) => {
        active.set(repo, (active.get(repo) ?? 0) + 1);
        expect(active.get(repo)).toBe(1);
        most = Math.max(
          most,
          [...active.values()].reduce((sum, n) => sum + n, 0),
        );
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
    await queue.work(stages);
    await queue.enqueue(job(3));
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
  const queue = await openQueue(await openStore(pglite(dir)), { retryDelay: 0 });
  const { seen, stages } = recorder({
    run: async ({ key }: Job) => {
      if (key.endsWith("#6")) throw new Error("bad run");
    },
  });
  const intake: Stages["intake"] = async (of, state) => {
    if (of.key.endsWith("#7")) throw new Error("bad intake");
    return stages.intake(of, state);
  };
  await queue.work({ ...stages, intake });
  await Promise.all([queue.enqueue(job(6)), queue.enqueue(job(7, "other")), queue.enqueue(job(8))]);
  await until(() => seen.filter((line) => line.startsWith("failed")).length === 2, 50);
  expect(seen).toEqual(
    expect.arrayContaining([
      "failed acme/sums#6 run bad run",
      "failed acme/other#7 intake bad intake",
      "done acme/sums#8",
    ]),
  );
  await queue.close();
});
