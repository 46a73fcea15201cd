import type { GitHubAccess } from "../github/access.ts";
import { mayWrite } from "../github/permission.ts";
import { branchFor, findPullRequest, isOwn, readOwnPullRequest } from "../github/pull-request.ts";
import { acknowledge } from "../github/reaction.ts";
import { stickyComment } from "../github/sticky-comment.ts";
import type { Cancelled } from "../job/cancels.ts";
import { type Job, numberOf } from "../job/job.ts";
import { Problem } from "../log/problem.ts";
import { cancelledComment } from "../report/comment.ts";
import type { House } from "../run.ts";
import { refuse } from "./intake.ts";
import { lookAtChecks } from "./look-at-checks.ts";
import { runId } from "./record.ts";
import { waitingFor, withWaiting } from "./waiting.ts";
import { withdraw } from "./withdraw.ts";

export interface CancelOptions {
  readonly access: GitHubAccess;
  readonly house: Pick<House, "operator" | "redact" | "ledger" | "journals">;
  /** Cancels what was asked for under these numbers before, and says what there was. */
  readonly cancel: (numbers: readonly number[]) => Promise<readonly Cancelled[]>;
}

/**
 * Cancels the runs of an issue and of its pull request, wherever it was asked for. One that is at work says its last word
 * itself; for one that waits it is said here. Returns what stood against it, or null.
 */
export async function cancel(
  job: Job,
  { access, house, cancel: cancelUnder }: CancelOptions,
): Promise<Problem | null> {
  const { request, requestedBy, repository } = job;
  if (request.kind !== "cancel") throw new Error(`${job.key} cancels nothing`);
  const { login } = requestedBy;
  const against = async (problem: Problem) => {
    await refuse(job, access, problem, house.redact);
    return problem;
  };
  if (!(await mayWrite(access, login))) {
    const name = `${repository.owner}/${repository.repo}`;
    return against(new Problem("cancel-not-allowed", { login, repository: name }));
  }
  const runs = await cancelUnder([request.number, ...(await beside(request, access))]);
  await acknowledge(access, request.comment, runs.length > 0 ? "eyes" : "confused");
  if (runs.length === 0) return against(new Problem("cancel-nothing"));
  const waiting = runs.filter(({ state }) => state === "waiting");
  for (const run of waiting) await end(run.job, login, { access, house });
  return null;
}

/** The issue's pull request, or the pull request's issue. */
async function beside(
  { number, isPullRequest }: Extract<Job["request"], { kind: "cancel" }>,
  access: GitHubAccess,
): Promise<number[]> {
  if (isPullRequest) {
    const pullRequest = await readOwnPullRequest(access, number);
    return "notOwn" in pullRequest ? [] : [pullRequest.issue];
  }
  const pullRequest = await findPullRequest(access, branchFor(number));
  return pullRequest !== null && isOwn(access, pullRequest) ? [pullRequest.number] : [];
}

/** The end of a run that nobody has: it may have been at work before, and have spent. */
async function end(job: Job, login: string, { access, house }: Omit<CancelOptions, "cancel">): Promise<void> {
  await withdraw(job, access);
  const usd = (await house.ledger?.abandon(runId(job))) ?? null;
  await house.journals?.remove(runId(job));
  const text = cancelledComment(new Problem("cancelled", { login }), usd);
  const isCorrection = job.request.kind === "checks";
  // What it went on with is answered still.
  const words = withWaiting(house.redact(text), await waitingFor(job, access));
  await stickyComment(access, numberOf(job))(words, isCorrection ? "correction" : "both");
  if (isCorrection) await lookAtChecks(job, access, { ...house, failed: `${login} cancelled it.` });
}
