import { afterEach, expect, test } from "@jest/globals";
import { depths } from "../../src/job/depth.ts";
import { lookOf } from "../../src/job/later.ts";
import { openQueue, type Queue } from "../../src/job/queue.ts";
import { intake } from "../../src/job/queues.ts";
import { table } from "../../src/job/rows.ts";
import { openStore, type Store } from "../../src/job/store.ts";
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
  const depth = async () => (await depths(store)).find(({ queue: name }) => name === intake);
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
});
