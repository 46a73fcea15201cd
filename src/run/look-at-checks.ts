import { effectiveLimits } from "../config/effective-limits.ts";
import type { OperatorConfig } from "../config/types.ts";
import type { GitHubAccess } from "../github/access.ts";
import { readAttempts } from "../github/attempts.ts";
import { partOf } from "../github/body-part.ts";
import { readChecks } from "../github/checks.ts";
import { workflowPaths } from "../github/workflows.ts";
import type { Job } from "../job/job.ts";
import { Problem } from "../log/problem.ts";
import type { Redact } from "../log/redact.ts";
import { checksWord } from "../report/checks-line.ts";
import { checksPart, failedIn, isGreen, isOurs } from "../report/pull-request/checks.ts";
import { writePart } from "./after-publication.ts";
import { wordsFor } from "./check-words.ts";
import { checkedPullRequest, configOf, isHead } from "./checked.ts";
import { corrections } from "./corrections.ts";
import { sayOnIssue } from "./say-on-issue.ts";
import { settleReady } from "./settle-ready.ts";

export interface Look {
  readonly operator: Pick<OperatorConfig, "limits">;
  /** null: nothing can be written here. */
  readonly redact: Redact | null;
  /** Why no correction may follow, in one line: the one of this head has ended without a commit. null: one may. */
  readonly failed?: string | null;
  /** Whether no correction can be made here and now, for a reason that is none of its own. */
  readonly busy?: boolean;
  /** Who has cancelled what was asked for here since; null: nobody did. */
  readonly cancelledBy?: string | null;
}

/**
 * What the repository's own checks say of our draft's head, said in the pull request, and marked as ready for review where
 * that is due. `accepted`: some are red because of the draft, and a correction may be tried; else a stable word.
 */
export async function lookAtChecks(
  job: Job,
  access: GitHubAccess,
  { operator, redact, failed: why = null, busy = false, cancelledBy = null }: Look,
): Promise<"accepted" | string> {
  const pullRequest = await checkedPullRequest(job, access);
  if (pullRequest === null || job.request.kind !== "checks") return "not-our-head";
  const { sha, afterMinutes: waited = null } = job.request;
  const { number, publishedHead } = pullRequest;
  const isOfHead = isHead(job, pullRequest);
  // Where somebody pushed meanwhile, the text still promises the correction that has ended.
  if (!isOfHead && (why === null || publishedHead !== sha)) return "not-our-head";
  const { checks, unread, cut } = await readChecks(access, sha);
  const attempts = await readAttempts(access, pullRequest.issue ?? 0);
  const attempt = attempts.find(({ commit }) => commit === sha);
  const words = await wordsFor(checks, attempt?.base ?? null, access);
  const config = await configOf(access);
  const isOver = words.length > 0 && words.every(({ word }) => word !== "waiting");
  // What is said while some still run would be another text at each event; that a correction has ended is said once.
  if (!isOver && waited === null && (why === null || words.length === 0))
    return words.length === 0 ? "no-checks" : "waiting";

  // What the repository wants is not known then: nothing is paid for, and nothing marked.
  const unreadable = config instanceof Problem ? config : null;
  const { limits, ready } = config instanceof Problem ? { limits: {}, ready: null } : config;
  const most = effectiveLimits(operator.limits, limits).ciRounds;
  const { made, beside } = await corrections(access, pullRequest, attempts);
  const rounds = { made, most };
  // One is tried of each head, however it ends.
  const ended = failedIn(partOf(pullRequest.body), sha) ?? why;
  const isOpen = ended === null && beside === null && unreadable === null;
  const mayFollow = isOver && words.some(({ word }) => isOurs(word)) && made < most && isOpen;
  const isCancelled = mayFollow && cancelledBy !== null;
  const failed = isCancelled ? `${cancelledBy} cancelled it before it was begun.` : ended;
  const goesOn = mayFollow && !busy && !isCancelled;
  const green = isGreen({ checks: words, unread, cut });
  const isVerified = attempt?.verdict === "verified";
  if (redact === null) return goesOn ? "accepted" : green ? "green" : "not-green";
  // What GitHub refused when the commit was published is asked for again: else why it did would be gone with the next word.
  const isDue = isVerified && (ready === "verified" || green);
  const settles = isOfHead && (ready === "verified" ? isDue : ready === "ci-green" && isOver);
  const notReady = settles ? await settleReady(access, number, isDue) : null;
  // What is said of these is the matter of whoever may correct them.
  if (mayFollow && busy) return "left";
  const expected = words.length > 0 || (await isExpected(access, attempt?.base ?? pullRequest.base.sha));
  const said = { failed, beside, waited, expected, notReady, unreadable: unreadable?.what ?? null };
  const shown = { sha, checks: words, unread, cut, rounds, goesOn, ...said };
  await writePart(access, number, redact(checksPart(shown)));
  await sayOnIssue(access, pullRequest, checksWord(shown));
  return goesOn ? "accepted" : green ? "green" : isOver ? "not-green" : "waited";
}

async function isExpected(access: GitHubAccess, base: string): Promise<boolean> {
  if ((await workflowPaths(access)).length > 0) return true;
  return (await readChecks(access, base)).checks.length > 0;
}
