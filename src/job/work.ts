import type { PgBoss } from "pg-boss";
import { attend, type Closing } from "./attend.ts";
import { runJobId } from "./identity.ts";
import type { Job } from "./job.ts";
import { dead, intake, runs } from "./queues.ts";
import { forgetEnded } from "./rows.ts";

/** What is done with a job, in this order. Whoever throws is tried again; each must bear being done twice. */
export interface Stages {
  /**
   * Asked once per delivery, one at a time per issue: may this person have this? `busy`: a run of the same issue or pull
   * request is queued or active, so this one will not be: say so. Only "accepted" leads to a run.
   */
  intake(job: Job, state: { busy: boolean; signal: AbortSignal }): Promise<"accepted" | "refused">;
  /** The work. Must reject when `signal` stops it early: the job is then done again after the next start. */
  run(job: Job, signal: AbortSignal, attempt: number): Promise<void>;
  /** The last attempt of `stage` failed: the one place to say so. */
  failed(job: Job, failure: { stage: "intake" | "run"; reason: string; signal: AbortSignal }): Promise<void>;
}

/** Seconds. A new job is announced; asking as well is for what nobody announces: a retry, a repository that got free. */
const every = (seconds: number) => ({
  pollingIntervalSeconds: seconds,
  notifyPollingIntervalSeconds: seconds,
  includeMetadata: true as const,
});

export async function startWorkers(
  boss: PgBoss,
  closing: Closing,
  stages: Stages,
  concurrency: number,
): Promise<void> {
  const takeIn = attend(boss, intake, closing, async ({ data: job }, signal) => {
    const slot = await slotOf(boss, job);
    if (slot === "ours") return;
    const answer = await stages.intake(job, { busy: slot === "busy", signal });
    if (answer === "accepted" && slot === "free") await queueRun(boss, job);
  });
  const run = attend(boss, runs, closing, ({ data, retryCount }, signal) =>
    stages.run(data, signal, retryCount + 1),
  );
  const bury = attend(boss, dead, closing, ({ data, sourceName, sourceOutput }, signal) =>
    stages.failed(data, {
      stage: sourceName === runs ? "run" : "intake",
      reason: reasonOf(sourceOutput),
      signal,
    }),
  );
  await boss.work(intake, { ...every(1), localConcurrency: 2 }, takeIn);
  await boss.work(runs, { ...every(0.5), localConcurrency: concurrency }, run);
  await boss.work(dead, every(1), bury);
}

/** Whether a run of this issue may be queued: "ours" is one that this very delivery has led to. */
async function slotOf(boss: PgBoss, job: Job): Promise<"free" | "busy" | "ours"> {
  const [run] = await boss.findJobs<Job>(runs, { id: runJobId(job.key) });
  if (run === undefined) return "free";
  if (run.data.deliveryId === job.deliveryId) return "ours";
  return ["created", "retry", "active"].includes(run.state) ? "busy" : "free";
}

async function queueRun(boss: PgBoss, job: Job): Promise<void> {
  const id = runJobId(job.key);
  await forgetEnded(boss, runs, id);
  const { owner, repo } = job.repository;
  // `singleton`: one active job per key, so one run per repository.
  const inserted = await boss.send(runs, job, { id, singletonKey: `${owner}/${repo}`.toLowerCase() });
  if (inserted === null) throw new Error(`a run of ${job.key} was queued at the same moment`);
}

/** The message within pg-boss's record of an error. */
function reasonOf(output: unknown): string {
  const { value = output } = (output ?? {}) as { value?: unknown };
  const { message = "unknown" } = (value ?? {}) as { message?: unknown };
  return String(message);
}
