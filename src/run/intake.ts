import type { OperatorConfig } from "../config/types.ts";
import type { GitHubAccess } from "../github/access.ts";
import { approveText } from "../github/approve-text.ts";
import { textDigest } from "../github/issue.ts";
import { madeAt } from "../github/publish.ts";
import type { PullRequest } from "../github/pull-request.ts";
import { acknowledge } from "../github/reaction.ts";
import { stickyComment } from "../github/sticky-comment.ts";
import { type Job, numberOf } from "../job/job.ts";
import { Problem } from "../log/problem.ts";
import type { Redact } from "../log/redact.ts";
import { refusedComment } from "../report/comment.ts";
import type { House } from "../run.ts";
import { admit, isAskedFor } from "./admit.ts";
import { mayReplace } from "./nothing-lost.ts";
import { requireUntaken } from "./taken.ts";
import { requireWaiting, withWaiting } from "./waiting.ts";

/**
 * Whether a job is taken on: `not-asked` is for a label or a review that asks for nothing here, a Problem is what stands against
 * it. Throws where GitHub does not answer.
 */
export async function takeIn(
  job: Job,
  access: GitHubAccess,
  { operator }: Pick<House, "operator">,
): Promise<"accepted" | "not-asked" | Problem> {
  if (!(await isAskedFor(job, access, operator))) return "not-asked";
  try {
    const { pullRequest } = await admit(job, access);
    const { kind } = job.request;
    if ((kind === "regenerate" || kind === "revise") && pullRequest !== null)
      await requireSeen(job, pullRequest, access, operator);
    // An answer to nothing asks for nothing, whatever stands in the way of a run.
    if (job.request.kind === "issue" && job.request.approves !== undefined)
      await requireWaiting(job.request, access, operator);
    await mayReplace(job, pullRequest, access);
    await requireUntaken(job, pullRequest, access);
    return "accepted";
  } catch (error) {
    if (!(error instanceof Problem) || error.kind === "infrastructure") throw error;
    return saysNothingToUs(job, error) ? "not-asked" : error;
  }
}

/** A review asks nobody by name: of somebody else's pull request, or by a reader, it is no matter of ours. */
function saysNothingToUs({ request }: Job, { code }: Problem): boolean {
  // A list may be for somebody else.
  if (request.kind === "issue" && request.answers)
    return code === "nothing-waits" || code === "no-write-access";
  const isReview = request.kind !== "issue" && request.comment === null;
  return isReview && (code === "not-regenerable" || code === "no-write-access");
}

/** A command is acknowledged where it stands, at once: the words follow in our own comment. */
export async function react(
  { request }: Job,
  access: GitHubAccess,
  taken: "accepted" | Problem,
): Promise<void> {
  // What somebody without the right to ask says is not even looked at.
  const comment = request.kind === "issue" ? (request.approves ?? request.plans ?? null) : request.comment;
  if (comment === null) return;
  if (taken !== "accepted" && taken.code === "no-write-access") return;
  await acknowledge(access, comment, taken === "accepted" ? "eyes" : "confused");
}

/**
 * Who asks for another attempt has seen the last one: of fifty commands in a minute the first is an answer to what the pull
 * request shows, and those that came before the attempt that it led to are answers to nothing. Asked at intake alone: a run
 * that was cut off after its commit is older than that.
 */
async function requireSeen(
  { requestedAt }: Job,
  { publishedHead, headSha }: PullRequest,
  access: GitHubAccess,
  { regeneratePause }: OperatorConfig,
): Promise<void> {
  const shown = await madeAt(access, publishedHead ?? headSha);
  if (shown === null) return;
  if (Date.parse(requestedAt) < Date.parse(shown)) throw new Problem("attempt-unseen");
  if (Date.parse(requestedAt) < Date.parse(shown) + regeneratePause * 60_000)
    throw new Problem("attempt-too-soon", { minutes: regeneratePause });
}

/** Says why nothing is done, below how the last run stands, or the one that is under way. */
export async function refuse(
  job: Job,
  access: GitHubAccess,
  problem: Problem,
  redact: Redact,
): Promise<void> {
  const say = stickyComment(access, numberOf(job));
  const words = redact(refusedComment(problem));
  // A label approves the text also where others pushed: what the words below say to ask for then is held against it.
  if (problem.code === "commits-lost" && job.request.kind === "issue" && job.request.approves === undefined)
    await approveText(access, job.request.issue);
  // As the status: a note on somebody else's words would take its place.
  if (problem.code === "issue-taken" && job.request.kind === "issue")
    await say(withWaiting(words, { digest: textDigest(job.request.issue), held: null, said: "" }), "status");
  else await say(words, "note");
}
