import { outcomeComment } from "./comment.ts";
import { evidenceTable } from "./evidence-table.ts";
import { spentLine } from "./figures.ts";
import { findingsList } from "./findings-list.ts";
import { graveNotice } from "./grave.ts";
import type { Outcome } from "./outcome.ts";
import { endSentence, verdictSentence } from "./sentences.ts";
import { waitsLine } from "./waits.ts";

/** How a run ended, as the Markdown that a workflow's page shows. */
export function jobSummary(outcome: Outcome): string {
  if (outcome.kind !== "drafted" && outcome.kind !== "written") return outcomeComment(outcome);
  const { verification, spent } = outcome.draft;
  const place = outcome.kind === "drafted" ? `Draft: ${outcome.pullRequest.url}` : "";
  const parts = [
    verdictSentence(verification),
    graveNotice(verification.findings),
    place,
    endSentence(outcome.draft) ?? "",
    evidenceTable(verification),
  ];
  return [...parts, findingsList(verification.findings), spentLine(spent)]
    .filter((part) => part !== "")
    .join("\n\n");
}

/** The same in one line without Markdown, for an annotation. */
export function outcomeLine(outcome: Outcome): string {
  if (outcome.kind === "stopped") return `${outcome.what} ${outcome.fix}`;
  if (outcome.kind === "waits") return waitsLine(outcome);
  if (outcome.kind === "unchanged") return "No change: the model ended without changing a file.";
  if (outcome.kind === "shown")
    return `Draft #${outcome.pullRequest.number} shows attempt ${outcome.attempt} again.`;
  const verdict = verdictSentence(outcome.draft.verification).replaceAll("**", "");
  return outcome.kind === "drafted" ? `Draft #${outcome.pullRequest.number}. ${verdict}` : verdict;
}
