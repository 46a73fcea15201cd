import type { PgBoss } from "pg-boss";
import { attend, type Closing, employ, every, type Handler } from "./attend.ts";
import { isBeside } from "./beside.ts";
import { type Cancelled, cancelledBy, cancelRuns, heedCancels } from "./cancels.ts";
import { openCompany } from "./company.ts";
import { runJobId } from "./identity.ts";
import { type Job, keyOf, numberOf } from "./job.ts";
import { installationOf } from "./pace.ts";
import { dead, intake, runs } from "./queues.ts";
import { forgetEnded, lostOf, putBackFor, putBackWhileLimited, requireClaim } from "./rows.ts";
import { lineOf, placeOf, stepDown, stepUp } from "./turns.ts";

export interface IntakeState {
  readonly busy: boolean;
  /** Who has cancelled this since it was asked for. */
  readonly cancelledBy: string | null;
  /** Cancels what was asked for under these numbers before this job was. */
  cancel(numbers: readonly number[]): Promise<readonly Cancelled[]>;
  readonly signal: AbortSignal;
}

/** What is done with a job, in this order. Whoever throws is tried again; each must bear being done twice. */
export interface Stages {
  /**
   * Asked once per delivery, one at a time per issue: may this person have this? `busy`: a run of the same issue or pull
   * request is queued or active, so this one will not be: say so. Only what is accepted leads to a run, a cancellation never
   * does. `issue`: the one that it is a run of, where the job may name its pull request.
   */
  intake(job: Job, state: IntakeState): Promise<"accepted" | "refused" | { readonly issue: number }>;
  /**
   * The work. Must reject when `signal` stops it early: the job is then done again after the next start. `stillOurs` rejects
   * once another process has taken the job over: nothing may be written for it from then on. `limitedUntil`: until when the
   * last attempt had to wait for GitHub's limit, in ISO 8601; null where it was not put back for one.
   */
  run(
    job: Job,
    signal: AbortSignal,
    attempt: number,
    stillOurs: () => Promise<void>,
    limitedUntil: string | null,
  ): Promise<void>;
  /** The last attempt of `stage` failed: the one place to say so. */
  failed(job: Job, failure: { stage: "intake" | "run"; reason: string; signal: AbortSignal }): Promise<void>;
}

/** After which a run that may not start now is looked at again. */
const busySeconds = 10;

export interface WorkOptions {
  /** Runs at the same time in this process; default 2. */
  readonly concurrency?: number | undefined;
  /** Of one repository, in all processes; default 1. */
  readonly runsPerRepository?: number | undefined;
}

export async function startWorkers(
  boss: PgBoss,
  closing: Closing,
  stages: Stages,
  { concurrency = 2, runsPerRepository = 1 }: WorkOptions,
): Promise<void> {
  const attendJob = (queue: string, handler: Handler<Job>) =>
    attend<Job>(boss, queue, closing, async (entry, signal) => {
      try {
        await handler(entry, signal);
      } catch (error) {
        const limited =
          !signal.aborted && putBackWhileLimited(boss, queue, entry, installationOf(entry.data));
        if (!(await limited)) throw error;
      }
    });
  const takeIn = attendJob(intake, async (entry, signal) => {
    const job = entry.data;
    const slot = await slotOf(boss, job);
    if (slot === "ours") return;
    // What it finds may be about to change, and what is at work may be what it asks for.
    if (job.request.kind === "checks" && (slot === "busy" || (await isBeside(boss, job, "any"))))
      return putBackFor(busySeconds, boss, intake, entry);
    const by = await cancelledBy(boss, job);
    if (slot === "ending" && by === null && job.request.kind !== "cancel")
      return putBackFor(1, boss, intake, entry);
    const answer = await stages.intake(job, {
      ...{ busy: slot === "busy", cancelledBy: by, signal },
      cancel: (numbers) => cancelRuns(boss, job, numbers),
    });
    if (answer === "refused" || slot !== "free") return;
    const { issue } = answer === "accepted" ? { issue: numberOf(job) } : answer;
    const about = keyOf(job.repository, issue);
    await queueRun(boss, { ...job, about }, lineOf(job.repository, issue, runsPerRepository));
  });
  const company = openCompany();
  const run = attendJob(runs, async (entry, signal) => {
    const { limitedUntil = null } = (entry.output ?? {}) as { limitedUntil?: string };
    const stillOurs = () => requireClaim(boss, runs, entry);
    const over = new AbortController();
    let leave: (() => void) | null = null;
    try {
      // At once: who takes the next job looks at who stands in line.
      if (entry.singletonKey !== null) await stepUp(boss, entry.data, entry.singletonKey);
      // Who asked for something comes before what nobody asked for, and may leave nothing of it to do.
      if (entry.data.request.kind === "checks" && (await isBeside(boss, entry.data, "due")))
        return putBackFor(busySeconds, boss, runs, entry);
      // A run that never ends is left behind with its process's queue: nobody is asked about it then.
      const ended = AbortSignal.any([over.signal, closing.over]);
      const either = AbortSignal.any([signal, await heedCancels(boss, entry.data, ended)]);
      // Once may be anything; twice, and it is at work by itself, where it takes no other with it.
      leave = await company.enter(lostOf(entry) > 1 ? "alone" : "beside", either).catch((error) => {
        if (signal.aborted) throw error;
        // Cancelled while it waited, it has only to end.
        return () => {};
      });
      if (leave === null) return putBackFor(busySeconds, boss, runs, entry);
      await stages.run(entry.data, either, entry.retryCount + 1, stillOurs, limitedUntil);
    } finally {
      over.abort();
      leave?.();
    }
  });
  const bury = attendJob(dead, ({ data, sourceName, sourceOutput }, signal) =>
    stages.failed(data, {
      stage: sourceName === runs ? "run" : "intake",
      reason: reasonOf(sourceOutput),
      signal,
    }),
  );
  // Not in one go: deliveries, which GitHub waits for, are stored by the same process and database.
  await boss.work(intake, { ...every(1), localConcurrency: 2 }, takeIn);
  await employ(boss, runs, { seconds: 0.5, workers: concurrency }, run);
  await employ(boss, dead, { seconds: 1 }, bury);
}

/** Whether a run of this issue may be queued: "ours" is one that this very delivery has led to, "ending" one that is cancelled. */
async function slotOf(boss: PgBoss, job: Job): Promise<"free" | "busy" | "ours" | "ending"> {
  const [run] = await boss.findJobs<Job>(runs, { id: runJobId(job.key) });
  if (run === undefined) return "free";
  if (run.data.deliveryId === job.deliveryId) return "ours";
  if (!["created", "retry", "active"].includes(run.state)) return "free";
  return (await cancelledBy(boss, run.data)) === null ? "busy" : "ending";
}

async function queueRun(boss: PgBoss, job: Job, line: string): Promise<void> {
  const id = runJobId(job.key);
  await forgetEnded(boss, runs, id);
  const priority = await placeOf(boss, job, line);
  // `singleton`: one active job per key, so one run per line.
  const inserted = await boss.send(runs, job, { id, priority, singletonKey: line });
  if (inserted === null) throw new Error(`a run of ${job.key} was queued at the same moment`);
  await stepDown(boss, line);
  await stepUp(boss, job, line);
}

/** The message within pg-boss's record of an error. */
function reasonOf(output: unknown): string {
  const { value = output } = (output ?? {}) as { value?: unknown };
  const { message = "unknown" } = (value ?? {}) as { message?: unknown };
  return String(message);
}
