import { code } from "../inert.ts";
import { verdictName } from "../sentences.ts";
import type { PullRequestReport } from "./report.ts";

/** `[Verified] Title of the issue`; without anything that would close or mention. */
export function title(report: PullRequestReport): string {
  const subject = titleText(report.issue.title, 200) || `Issue ${report.issue.number}`;
  return `[${verdictName[report.draft.verification.verdict]}] ${subject}`;
}

/** Characters of a run's id that are shown: enough to find its journal, and not what fenced its issue in the prompt. */
export const shownId = 12;

/** Subject, what was proved, and the trailers: closes only its own issue. */
export function commitMessage(report: PullRequestReport, run: string): string {
  const about = titleText(report.issue.title, 68) || `Issue ${report.issue.number}`;
  const subject = report.revises === null ? about : `Follow up: ${about}`.slice(0, 72).trimEnd();
  return [
    subject,
    "",
    `Draft for #${report.issue.number}, attempt ${report.attempt}: ${verdictName[report.draft.verification.verdict]}.`,
    "",
    // Nobody asked for this one.
    report.requestedBy === null
      ? `Firstdraft-Checks: ${report.revises}`
      : `Co-authored-by: ${report.requestedBy} <${report.requestedBy}@users.noreply.github.com>`,
    `Firstdraft-Run: ${run.slice(0, shownId)}`,
  ].join("\n");
}

/** In a title and a commit subject GitHub still acts on `#9`, `@name`, addresses, and words that keep CI from running. */
function titleText(text: string, max: number): string {
  const line = code(text, max).replaceAll("`", "");
  return line
    .replace(/#(?=\d)/g, "no. ")
    .replaceAll("@", "")
    .replace(/GH-(?=\d)/gi, "no. ")
    .replace(/(?:https?|ftp):\/\/|www\./gi, "")
    .replace(/\[([^\]]*\b(?:skip|no)\b[^\]]*)\]/gi, "($1)")
    .replaceAll("***", "")
    .trim();
}
