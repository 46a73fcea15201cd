import type { Account } from "../account.ts";
import { evidenceTable } from "../evidence-table.ts";
import { count, spentLine } from "../figures.ts";
import { findingsList } from "../findings-list.ts";
import { graveNotice } from "../grave.ts";
import { code, inertLine } from "../inert.ts";
import { endSentence, verdictSentence } from "../sentences.ts";
import { lookList, whereToLook } from "../where-to-look.ts";
import type { PublishedReport } from "./report.ts";

/** Characters of the model's own words before they are folded. */
const accountCharacters = 600;

/** What a reviewer sees without opening anything: verdict, what and why, evidence, findings, cost, where to look. */
export function firstScreen(report: PublishedReport, account: Account): string {
  const { draft, links } = report;
  const { verification, changes } = draft;
  const { findings, tests } = verification;
  const end = endSentence(draft);
  const parts = [
    verdictSentence(verification),
    graveNotice(findings),
    report.sandbox === "none" &&
      "> [!WARNING]\n> This run had **no sandbox**: generated code and tests ran with the rights of the bot's host.",
    end !== null && `> [!NOTE]\n> ${end}`,
    accountLine(account),
    evidenceTable(verification),
    verification.testCommand !== null && `Repeat it: ${code(repeatCommand(report), 400)}`,
    findingsList(findings, links),
    lookList(whereToLook({ changes, findings, tests }), links),
    costLine(report),
    report.branch !== null && `Closes #${report.issue.number}`,
  ];
  return parts.filter((part) => part !== false && part !== "").join("\n\n");
}

/** Behind our own words and in one line the model's can be no heading, list or table that looks like ours. */
function accountLine({ text }: Account): string {
  const words = inertLine(firstWords(text));
  return words === "" ? "The model gave no account of its change." : `In the model's words: ${words}`;
}

/** The first paragraph, cut between two words where it is long. */
export function firstWords(text: string): string {
  const [paragraph = ""] = text.trim().split(/\n\s*\n/, 1);
  if (paragraph.length <= accountCharacters) return paragraph;
  const end = paragraph.lastIndexOf(" ", accountCharacters);
  return `${paragraph.slice(0, end > 0 ? end : accountCharacters)} …`;
}

function costLine({ draft, base, attempt, revises, requestedBy }: PublishedReport): string {
  const recorded = draft.modelKind === "recorded" ? " (recorded replies)" : "";
  const parts = [
    spentLine(draft.spent),
    `${code(draft.model)}${recorded}`,
    `attempt ${attempt}${revises === null ? "" : `, on top of ${code(revises.slice(0, 12))}`}`,
    `${count(draft.rounds, "round")} of verification`,
    `from ${code(base.branch)} at ${code(base.commit.slice(0, 12))}`,
    requestedBy === null ? "for checks that failed" : `asked for by ${code(requestedBy)}`,
  ];
  return parts.join(" · ");
}

function repeatCommand({ branch, draft }: PublishedReport): string {
  const { setupCommand, testCommand } = draft.verification;
  const place =
    branch === null
      ? ["git apply change.patch"]
      : [`git fetch origin ${branch}`, "git switch --detach FETCH_HEAD"];
  return [...place, setupCommand, testCommand].filter((step) => step !== null).join(" && ");
}
