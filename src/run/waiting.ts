import { z } from "zod";
import { assessment } from "../assess/assessment.ts";
import type { OperatorConfig } from "../config/types.ts";
import type { GitHubAccess } from "../github/access.ts";
import { packed, unpacked } from "../github/agreed.ts";
import { readIssue, textDigest } from "../github/issue.ts";
import { heldMarker, waitingMarker } from "../github/marker.ts";
import { readStatus } from "../github/sticky-comment.ts";
import type { IssueText, Job } from "../job/job.ts";
import { Problem } from "../log/problem.ts";
import type { Held } from "../report/outcome.ts";
import { askingLabel } from "./admit.ts";

/** What stands in our comment on an issue until somebody answers. */
export interface Waiting {
  /** `textDigest` of the issue as it was then. */
  readonly digest: string;
  /** What was found out about the task; null: nothing, it is in somebody's hands. */
  readonly held: Held | null;
}

export const held: z.ZodType<Held> = z.strictObject({
  for: z.enum(["answers", "plan", "split"]),
  assessment,
});

/** A comment's text, and last in it what waits, as `readWaiting` finds it. The text is redacted by now. */
export function withWaiting(text: string, waits: Waiting | null): string {
  if (waits === null) return text;
  const data = waits.held === null ? [] : [heldMarker(packed(waits.held))];
  return `${text}\n\n${[...data, waitingMarker(waits.digest)].join("\n")}`;
}

/** What waits on an issue, by our own comment there; null: nothing. What is held and cannot be read counts as nothing. */
export async function readWaiting(access: GitHubAccess, issue: number): Promise<Waiting | null> {
  const status = await readStatus(access, issue);
  const found =
    /(?:<!-- firstdraft:held-1-([0-9a-f]+) -->\s*)?<!-- firstdraft:waits-1-([0-9a-f]{64}) -->$/.exec(status);
  if (found === null) return null;
  const [, data, digest = ""] = found;
  if (data === undefined) return { digest, held: null };
  const read = held.safeParse(unpacked(data)).data ?? null;
  return read === null ? null : { digest, held: read };
}

/** What a job leaves waiting on its issue; null: it is about none. */
export function leftWaiting({ request }: Job, held: Held): Waiting | null {
  return request.kind === "issue" ? { digest: textDigest(request.issue), held } : null;
}

/** What waits for just this job, of the same text; null: nothing, or it is no job that goes on with something. */
export async function waitingFor({ request }: Job, access: GitHubAccess): Promise<Waiting | null> {
  if (request.kind !== "issue" || request.plans !== undefined) return null;
  const waits = await readWaiting(access, request.issue.number);
  return waits?.digest === textDigest(request.issue) ? waits : null;
}

/**
 * Throws what stands against going on: `nothing-waits`; `issue-changed`, where the text is not the one that was asked
 * about; `label-removed`. A plan was asked for by a command, and needs no label.
 */
export async function requireWaiting(
  { issue, answers }: { readonly issue: IssueText; readonly answers?: true },
  access: GitHubAccess,
  operator: OperatorConfig,
): Promise<void> {
  const about = { issue: issue.number };
  const waits = await readWaiting(access, issue.number);
  // A list is an answer to questions, and to nothing else.
  if (waits === null || (answers && waits.held?.for !== "answers")) throw new Problem("nothing-waits", about);
  if (waits.digest !== textDigest(issue)) throw new Problem("issue-changed", { ...about, part: "text" });
  if (waits.held?.for === "plan") return;
  const label = await askingLabel(access, operator);
  const { labels } = await readIssue(access, issue.number);
  if (!labels.includes(label)) throw new Problem("label-removed", { ...about, label });
}
