import { afterEach, expect, test } from "@jest/globals";
import { depths } from "../../src/job/depth.ts";
import { lookOf } from "../../src/job/later.ts";
import { openQueue, type Queue } from "../../src/job/queue.ts";
import { intake, runs } from "../../src/job/queues.ts";
import { table } from "../../src/job/rows.ts";
import { openStore, type Store } from "../../src/job/store.ts";
import type { Stages } from "../../src/job/work.ts";
import { onEachStore } from "./on-each-store.ts";
import { recorder, until } from "./recorder.ts";
import { job } from "./triggers.ts";

const sha = "1".repeat(40);

onEachStore((options) => {
  let queue: Queue;
  let store: Store;
  const open = async () => {
    store = await openStore(options());
    queue = await openQueue(store, { retryDelay: 0 });
  };
  const depth = async (queue = intake) => (await depths(store)).find(({ queue: name }) => name === queue);
  const comeDue = (key: string) =>
    store.boss
      .getDb()
      .executeSql(
        `UPDATE ${table} SET start_after = now() WHERE state < 'active' AND singleton_key = '${key}'`,
      );

  afterEach(() => queue.close());

  test("a look for later outlives its process, is queued once, and is taken when its time has come", async () => {
    await open();
    const asked = job(71);
    const look = () => lookOf(asked, { issue: 71, sha, afterMinutes: 60 });
    expect([await queue.later(look(), 60), await queue.later(look(), 60)]).toEqual([true, false]);
    await queue.close();
    await open();
    const { seen, stages } = recorder();
    await queue.work(stages);
    await queue.enqueue(job(72));
    await until(() => seen.includes("done acme/sums#72"));
    expect(seen.join()).not.toContain("#71");
    expect(await depth()).toMatchObject({ jobs: { created: 0, deferred: 1 }, oldest: 0 });
    await comeDue("acme/sums#71");
    await until(() => seen.includes("intake acme/sums#71"));
    expect((await depth())?.jobs.deferred).toBe(0);
  });

  test("checks are looked at once the run that is under way has ended", async () => {
    await open();
    const go = Promise.withResolvers<void>();
    const { seen, stages } = recorder({ run: () => go.promise });
    await queue.work(stages);
    const asked = job(73);
    await queue.enqueue(asked);
    await until(() => seen.includes("run acme/sums#73 1"));
    await queue.enqueue(lookOf(asked, { issue: 73, sha }));
    await until(async () => ((await depth())?.jobs.retry ?? 0) > 0);
    go.resolve();
    await until(() => seen.includes("done acme/sums#73"));
    await comeDue("acme/sums#73");
    await until(() => seen.filter((line) => line === "intake acme/sums#73").length === 2);
    expect(seen).not.toContain("intake acme/sums#73 busy");
  });

  test("checks are looked at, and corrected, once what was asked for on their pull request has ended", async () => {
    await open();
    const go = Promise.withResolvers<void>();
    const { seen, stages } = recorder({
      run: ({ key }) => (key.endsWith("#75") ? go.promise : Promise.resolve()),
    });
    // The pull request of 74.
    const issue = 74;
    const intake: Stages["intake"] = async (of, state) => {
      const answer = await stages.intake(of, state);
      return of.key === asked.key ? { issue } : answer;
    };
    const asked = job(75);
    await queue.work({ ...stages, intake }, { runsPerRepository: 2 });
    await queue.enqueue(asked);
    await until(() => seen.includes("run acme/sums#75 1"));
    await queue.enqueue(lookOf(asked, { issue, sha }));
    await until(async () => ((await depth())?.jobs.retry ?? 0) > 0);
    // What has another issue is no concern of either.
    await queue.enqueue(lookOf(job(77), { issue: 76, sha }));
    await until(() => seen.includes("intake acme/sums#76"));
    expect(seen).not.toContain("intake acme/sums#74");
    go.resolve();
    await until(() => seen.includes("done acme/sums#75"));
    await comeDue("acme/sums#74");
    await until(() => seen.includes("done acme/sums#74"));
  });

  test("a correction lets what was asked for on its pull request meanwhile go first", async () => {
    await open();
    const go = Promise.withResolvers<void>();
    const { seen, stages } = recorder({
      run: ({ key }) => (key.endsWith("#81") ? go.promise : Promise.resolve()),
    });
    // The line is taken by one that has nothing to do with them.
    const intake: Stages["intake"] = async (of, state) => {
      await stages.intake(of, state);
      return { issue: of.key.endsWith("#81") ? 81 : 79 };
    };
    await queue.work({ ...stages, intake }, { runsPerRepository: 2 });
    const asked = job(80);
    await queue.enqueue(job(81));
    await until(() => seen.includes("run acme/sums#81 1"));
    await queue.enqueue(lookOf(asked, { issue: 79, sha }));
    await until(async () => (await depth(runs))?.jobs.created === 1);
    await queue.enqueue(asked);
    await until(async () => (await depth(runs))?.jobs.created === 2);
    go.resolve();
    await until(() => seen.includes("done acme/sums#79"));
    expect(seen.filter((line) => line.startsWith("run"))).toEqual([
      "run acme/sums#81 1",
      "run acme/sums#80 1",
      expect.stringMatching(/^run acme\/sums#79 /),
    ]);
  });
});
