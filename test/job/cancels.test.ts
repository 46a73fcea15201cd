import { afterEach, describe, expect, test } from "@jest/globals";
import type { Cancelled } from "../../src/job/cancels.ts";
import { runJobId } from "../../src/job/identity.ts";
import type { Job } from "../../src/job/job.ts";
import { openQueue, type Queue } from "../../src/job/queue.ts";
import { intake, runs } from "../../src/job/queues.ts";
import { openStore, type Store } from "../../src/job/store.ts";
import type { Stages } from "../../src/job/work.ts";
import { onEachStore } from "./on-each-store.ts";
import { postgresPrograms, startPostgres } from "./postgres.ts";
import { recorder, until, untilAborted } from "./recorder.ts";
import { pglite, remove, temporary } from "./stores.ts";
import { job } from "./triggers.ts";

/** A cancellation of what stands under this number, and of what stands under `others`. */
const cancelling = (number: number, at: string, change: Partial<Job> = {}, repo = "sums"): Job =>
  job(number, repo, {
    ...{ requestedAt: at, requestedBy: { login: "ada", type: "User" } },
    request: { kind: "cancel", number, isPullRequest: false, comment: 1 },
    ...change,
  });
const at = (time: string) => ({ requestedAt: `2026-03-01T${time}Z` });

/** Stages that write down what was cancelled; runs are as they are given, and end without a word once they are cancelled. */
function cancellable(run: Stages["run"], others: readonly number[] = []) {
  const cancelled: (readonly Cancelled[])[] = [];
  const { seen, stages } = recorder({
    run: async (of, signal, ...rest) => {
      try {
        await run(of, signal, ...rest);
      } catch (error) {
        if (!signal.aborted) throw error;
        seen.push(`cut off ${of.key}: ${(error as Error).message}`);
      }
    },
    intake: async ({ key, request }, { busy, cancelledBy, cancel }) => {
      seen.push(`intake ${key}${busy ? " busy" : ""}${cancelledBy ? ` cancelled by ${cancelledBy}` : ""}`);
      if (request.kind === "cancel") cancelled.push(await cancel([request.number, ...others]));
      return busy || cancelledBy || request.kind === "cancel" ? "refused" : "accepted";
    },
  });
  const states = () => cancelled.map((runs) => runs.map(({ job: { key }, state }) => `${key} ${state}`));
  return { seen, stages, states };
}
const counted = (seen: readonly string[], start: string) =>
  seen.filter((line) => line.startsWith(start)).length;

onEachStore((options) => {
  let queue: Queue;
  let store: Store;
  const open = async (retryDelay = 0) => {
    store = await openStore(options());
    queue = await openQueue(store, { retryDelay });
  };
  afterEach(() => queue.close());

  test("a run that works is cut off, and one that is asked for behind it begins when it has ended", async () => {
    await open();
    const go = Promise.withResolvers<void>();
    let first = true;
    const { seen, stages, states } = cancellable(async (_, signal) => {
      if (!first) return;
      first = false;
      await untilAborted(signal).catch(async (error) => {
        await go.promise;
        throw error;
      });
    });
    await queue.work(stages);
    await queue.enqueue(job(1, "sums", at("10:00:00")));
    await until(() => seen.includes("run acme/sums#1 1"));
    await queue.enqueue(cancelling(1, "2026-03-01T11:00:00Z"));
    await until(() => states().length === 1);
    expect(states()).toEqual([["acme/sums#1 working"]]);
    await queue.enqueue(job(1, "sums", at("12:00:00")));
    go.resolve();
    await until(() => counted(seen, "done acme/sums#1") === 2);
    expect(seen).toContain(
      "cut off acme/sums#1: ada cancelled this. To start again, take the label off and add it again; on a pull request, comment /regenerate.",
    );
    expect(counted(seen, "run acme/sums#1 1")).toBe(2);
    expect(counted(seen, "failed")).toBe(0);
    expect(counted(seen, "intake acme/sums#1 busy")).toBeLessThanOrEqual(1);
  });

  test("a run that waits to be tried again is over, also when the pull request is named", async () => {
    await open(3600);
    const { seen, stages, states } = cancellable(() => Promise.reject(new Error("not now")), [2]);
    await queue.work(stages);
    await queue.enqueue(job(2, "sums", at("10:00:00")));
    await until(() => seen.includes("run acme/sums#2 1"));
    // That it failed the database hears after the run has ended; and the next test would be given what is cancelled twice.
    await until(
      async () => (await store.boss.findJobs(runs, { id: runJobId("acme/sums#2") }))[0]?.state === "retry",
    );
    await queue.enqueue(cancelling(22, "2026-03-01T11:00:00Z"));
    await until(() => states().length === 1);
    expect(states()).toEqual([["acme/sums#2 waiting"]]);
    await queue.enqueue(job(2, "sums", at("12:00:00")));
    await until(() => counted(seen, "run acme/sums#2 1") === 2);
  });

  test("what was asked for in the same second is cancelled if it was there, and what comes later is not", async () => {
    // Of its own: what the test before has given back at its end may be at work in the other.
    const repo = "moment";
    await open();
    const { seen, stages, states } = cancellable((_, signal) => untilAborted(signal));
    await queue.work(stages);
    await queue.enqueue(job(3, repo, at("11:00:00")));
    await until(() => seen.includes("run acme/moment#3 1"));
    await queue.enqueue(cancelling(3, "2026-03-01T10:59:59Z", {}, repo));
    await until(() => states().length === 1);
    expect(states()).toEqual([[]]);
    await queue.enqueue(cancelling(3, "2026-03-01T11:00:00Z", {}, repo));
    await until(() => counted(seen, "cut off acme/moment#3") === 1);
    await queue.enqueue(job(3, repo, at("11:00:00")));
    await until(() => counted(seen, "run acme/moment#3 1") === 2);
    await queue.enqueue(cancelling(3, "2026-03-01T13:00:00Z", {}, repo));
    await until(() => counted(seen, "cut off acme/moment#3") === 2);
    await queue.enqueue(job(3, repo, at("12:30:00")));
    await until(() => seen.includes("intake acme/moment#3 cancelled by ada"));
  });
});

const programs = postgresPrograms();
// Debian's postgresql package is not everywhere.
(programs === null ? describe.skip : describe)("several processes on one PostgreSQL", () => {
  test("one cancels what another works on", async () => {
    const postgres = await startPostgres(programs ?? "");
    const folders = [temporary(), temporary()];
    const onPostgres = (dir: string) => openStore({ ...pglite(dir), databaseUrl: postgres.url });
    const [first, second] = [await onPostgres(folders[0] ?? ""), await onPostgres(folders[1] ?? "")];
    const [one, two] = [await openQueue(first), await openQueue(second)];
    try {
      const worker = cancellable((_, signal) => untilAborted(signal));
      await one.work(worker.stages);
      await one.enqueue(job(1, "sums", at("10:00:00")));
      await until(() => worker.seen.includes("run acme/sums#1 1"));
      // From here on it takes nothing in: the other does.
      await first.boss.offWork(intake);
      const other = cancellable(() => Promise.reject(new Error("not here")));
      await two.work(other.stages);
      await two.enqueue(cancelling(1, "2026-03-01T11:00:00Z"));
      await until(() => worker.seen.includes("done acme/sums#1"));
      // The run may be over before who cancelled it has its answer from the database.
      await until(() => other.states().length === 1);
      expect(other.states()).toEqual([["acme/sums#1 working"]]);
      expect(worker.states()).toEqual([]);
      expect(counted(other.seen, "run")).toBe(0);
    } finally {
      await Promise.all([one.close(), two.close()]);
      await postgres.stop();
      for (const folder of folders) remove(folder);
    }
  });
});
