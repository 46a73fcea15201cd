import { type Job, keyOf } from "./job.ts";

/** Queues a job for so many minutes from now; false: it is queued already, or was. */
export type Later = (job: Job, minutes: number) => Promise<boolean>;

/**
 * The job that looks at the checks of a commit which `job` has published for an issue. Made twice it is the same delivery, and
 * so is queued once. `afterMinutes`: it comes by the clock, when that long was waited for them.
 */
export function lookOf(
  job: Job,
  {
    issue,
    sha,
    afterMinutes,
  }: { readonly issue: number; readonly sha: string; readonly afterMinutes?: number },
): Job {
  const byClock = afterMinutes === undefined ? {} : { afterMinutes };
  return {
    ...job,
    key: keyOf(job.repository, issue),
    deliveryId: `${job.deliveryId} looks at ${sha}${afterMinutes === undefined ? "" : " by the clock"}`,
    requestedAt: new Date().toISOString(),
    request: { kind: "checks", number: issue, sha, comment: null, ...byClock },
  };
}
