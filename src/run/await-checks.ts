import type { Part } from "../github/sticky-comment.ts";
import type { Job } from "../job/job.ts";
import { type Later, lookOf } from "../job/later.ts";
import { waiting, withChecksWord } from "../report/checks-line.ts";
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

/**
 * The last word on a run, with how the checks of its draft stand on an issue, and the part of its comment that this is. A
 * correction without a commit leaves the draft's own word alone, and one that came too late to be begun says nothing.
 */
export function lastWord({ request }: Job, outcome: Outcome): { readonly text: string; readonly part: Part } {
  const text = outcomeComment(outcome);
  if (request.kind === "checks" && outcome.kind !== "drafted")
    return { text: isUnbegun(outcome) ? "" : text, part: "correction" };
  const isOfIssue = request.kind === "issue" || request.kind === "checks";
  if (!isOfIssue || outcome.kind !== "drafted" || outcome.waits !== true) return { text, part: "both" };
  return { text: withChecksWord(text, outcome.pullRequest.number, waiting) ?? text, part: "both" };
}

const unbegun: ReadonlySet<string> = new Set(["checks-outdated", "checks-passed"]);

const isUnbegun = (outcome: Outcome) =>
  outcome.kind === "stopped" && unbegun.has(outcome.code) && (outcome.spent?.turns ?? 0) === 0;

/** Why a correction ended without a commit, in one line; null: it has one. */
export function endedWithout(outcome: Outcome): string | null {
  if (outcome.kind === "stopped") return outcome.what;
  if (outcome.kind === "unchanged") return "the model changed no file.";
  if (outcome.kind !== "drafted" || outcome.stays === null) return null;
  return `attempt ${outcome.attempt} came to less than attempt ${outcome.stays.attempt}, and is kept beside it.`;
}
