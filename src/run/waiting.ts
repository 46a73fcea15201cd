import { z } from "zod";
import { assessment } from "../assess/assessment.ts";
import type { OperatorConfig } from "../config/types.ts";
import type { GitHubAccess } from "../github/access.ts";
import { packed, unpacked } from "../github/agreed.ts";
import { readIssue, textDigest } from "../github/issue.ts";
import { heldMarker, waitingMarker } from "../github/marker.ts";
import { readStatus } from "../github/sticky-comment.ts";
import type { Job } from "../job/job.ts";
import { Problem } from "../log/problem.ts";
import type { Held } from "../report/outcome.ts";
import { askingLabel } from "./admit.ts";

/** What stands in our comment on an issue until somebody answers. */
export interface Waiting {
  /** `textDigest` of the issue as it was then. */
  readonly digest: string;
  /** What was found out about the task; null: nothing, it is in somebody's hands. */
  readonly held: Held | null;
  /** What somebody with write access answered to it; "": nothing yet. */
  readonly said: string;
}

const shape = { for: z.enum(["answers", "plan", "split"]), assessment };
export const held: z.ZodType<Held> = z.strictObject(shape);
const kept = z.strictObject({ ...shape, said: z.string().default("") });

/** A comment's text, and last in it what waits, as `readWaiting` finds it. The text is redacted by now. */
export function withWaiting(text: string, waits: Waiting | null): string {
  if (waits === null) return text;
  const { held, said } = waits;
  const data = held === null ? [] : [heldMarker(packed({ ...held, ...(said === "" ? {} : { said }) }))];
  return `${text}\n\n${[...data, waitingMarker(waits.digest)].join("\n")}`;
}

/** What waits on an issue, by our own comment there; null: nothing. What is held and cannot be read counts as nothing. */
export async function readWaiting(access: GitHubAccess, issue: number): Promise<Waiting | null> {
  const status = await readStatus(access, issue);
  const found =
    /(?:<!-- firstdraft:held-1-([0-9a-f]+) -->\s*)?<!-- firstdraft:waits-1-([0-9a-f]{64}) -->$/.exec(status);
  if (found === null) return null;
  const [, data, digest = ""] = found;
  if (data === undefined) return { digest, held: null, said: "" };
  const read = kept.safeParse(unpacked(data)).data;
  if (read === undefined) return null;
  const { said, ...held } = read;
  return { digest, held, said };
}

/** What a job leaves waiting on its issue; null: it is about none. */
export function leftWaiting({ request }: Job, held: Held): Waiting | null {
  return request.kind === "issue" ? { digest: textDigest(request.issue), held, said: "" } : null;
}

/**
 * What waits for just this job, of the same text, with what it answers, or else what was answered before a run that was stopped;
 * null: nothing, or it is no job that goes on with something.
 */
export async function waitingFor({ request }: Job, access: GitHubAccess): Promise<Waiting | null> {
  if (request.kind !== "issue" || request.plans !== undefined) return null;
  const waits = await readWaiting(access, request.issue.number);
  if (waits?.digest !== textDigest(request.issue)) return null;
  return { ...waits, said: request.words?.trim() || waits.said };
}

/**
 * Throws what stands against going on: `nothing-waits`; `issue-changed`, where the text is not the one that was asked
 * about; `label-removed`. A plan was asked for by a command, and needs no label.
 */
export async function requireWaiting(
  { issue, answers, words = "" }: Extract<Job["request"], { kind: "issue" }>,
  access: GitHubAccess,
  operator: OperatorConfig,
): Promise<void> {
  const about = { issue: issue.number };
  const waits = await readWaiting(access, issue.number);
  if (waits === null || (answers && !hasQuestion(waits, words))) throw new Problem("nothing-waits", about);
  if (waits.digest !== textDigest(issue)) throw new Problem("issue-changed", { ...about, part: "text" });
  if (waits.held?.for === "plan") return;
  const label = await askingLabel(access, operator);
  const { labels } = await readIssue(access, issue.number);
  if (!labels.includes(label)) throw new Problem("label-removed", { ...about, label });
}

/** Whether a list begins with the number of a question: it is an answer to questions, and to nothing else. */
function hasQuestion({ held }: Waiting, words: string): boolean {
  if (held?.for !== "answers") return false;
  const first = Number.parseInt(words, 10);
  // One that asks nothing in particular is answered as one question is.
  return first <= Math.max(1, held.assessment.questions.length);
}
