import type { Job } from "../job/job.ts";
import { type Later, lookOf } from "../job/later.ts";
import { withChecksWord } from "../report/checks-line.ts";
import { outcomeComment } from "../report/comment.ts";
import type { Outcome } from "../report/outcome.ts";

export interface Waits {
  readonly issue: number;
  /** For how long; 0: not at all. */
  readonly minutes: number;
  /** Absent: nobody can wait. */
  readonly later?: Later | undefined;
}

/**
 * Has the checks of the commit that a pull request shows now looked at by the clock, if no event comes. Returns whether they
 * are waited for; done twice, it is done once.
 */
export async function awaitChecks(
  job: Job,
  outcome: Extract<Outcome, { kind: "drafted" | "shown" }>,
  { issue, minutes, later }: Waits,
): Promise<boolean> {
  if (later === undefined || minutes === 0 || (outcome.kind === "drafted" && outcome.stays !== null))
    return false;
  const about = { issue, sha: outcome.commit };
  await later(lookOf(job, { ...about, afterMinutes: minutes }), minutes);
  // Those of an earlier commit may have ended long ago: nothing tells of them again.
  if (outcome.kind === "shown") await later(lookOf(job, about), 0);
  return true;
}

/** The last word on a run, and on an issue how the checks of its draft stand. */
export function lastWord({ request }: Job, outcome: Outcome): string {
  const text = outcomeComment(outcome);
  const isOfIssue = request.kind === "issue" || request.kind === "checks";
  if (!isOfIssue || outcome.kind !== "drafted" || outcome.waits !== true) return text;
  return withChecksWord(text, outcome.pullRequest.number, "waiting") ?? text;
}

/** Why a correction ended without a commit, in one line; null: it has one. */
export function endedWithout(outcome: Outcome): string | null {
  if (outcome.kind === "stopped") return outcome.what;
  if (outcome.kind === "unchanged") return "the model changed no file.";
  if (outcome.kind !== "drafted" || outcome.stays === null) return null;
  return `attempt ${outcome.attempt} came to less than attempt ${outcome.stays.attempt}, and is kept beside it.`;
}
