import type { IssueText } from "../job/job.ts";
import type { Finding, TestEvidence, Verification } from "../verify/types.ts";
import { count, spentLine, suiteLine } from "./figures.ts";
import { block, cell, code, inert } from "./inert.ts";
import { noticeList } from "./notices.ts";
import type { Draft } from "./outcome.ts";
import { endSentence, verdictName, verdictSentence } from "./sentences.ts";

/** What a pull request is written from. */
export interface PullRequestReport {
  readonly issue: Pick<IssueText, "number" | "title">;
  readonly draft: Draft;
  /** Where the change is published; null: nowhere, it is a patch. */
  readonly branch: string | null;
  /** What the change was proved against: where the branch stood when the run began. */
  readonly base: { readonly branch: string; readonly commit: string };
  readonly attempt: number;
  readonly requestedBy: string;
  readonly sandbox: "bubblewrap" | "none";
}

/** How many tests the first screen shows; the rest is folded. */
const shown = 8;

/** `[Verified] Title of the issue`; without anything that would close or mention. */
export function title(report: PullRequestReport): string {
  const subject = titleText(report.issue.title, 200) || `Issue ${report.issue.number}`;
  return `[${verdictName[report.draft.verification.verdict]}] ${subject}`;
}

/** The body: verdict, what and why, evidence, findings, cost first; the details folded below. */
export function body(report: PullRequestReport): string {
  const { draft } = report;
  const { verification } = draft;
  const end = endSentence(draft.end);
  return sections([
    verdictSentence(verification),
    report.sandbox === "none" &&
      "> [!WARNING]\n> This run had **no sandbox**: generated code and tests ran with the rights of the bot's host.",
    end !== null && `> [!NOTE]\n> ${end}`,
    inert(draft.summary) || "The model gave no account of its change.",
    evidenceTable(verification),
    verification.testCommand !== null && `Repeat it: ${code(repeatCommand(report), 400)}`,
    findingsList(verification.findings),
    `${spentLine(draft.spent)} · ${code(draft.model)}${draft.modelKind === "recorded" ? " (recorded replies)" : ""} · attempt ${report.attempt} · ${count(draft.rounds, "round")} of verification · from ${code(report.base.branch)} at ${code(report.base.commit.slice(0, 12))} · asked for by ${code(report.requestedBy)}`,
    report.branch !== null && `Closes #${report.issue.number}`,
    folded(`All tests that changed (${changed(verification).length})`, testTable(changed(verification))),
    failureDetails(verification),
    folded("Notices", noticeList(draft.notices)),
    report.branch === null
      ? "A generated change is a first draft: somebody has to review it."
      : "A generated change is a first draft: somebody has to review it. Comment `/regenerate` with what to do differently for another attempt.",
  ]);
}

/** Subject, what was proved, and the trailers: closes only its own issue. */
export function commitMessage(report: PullRequestReport): string {
  const subject = titleText(report.issue.title, 68) || `Issue ${report.issue.number}`;
  return [
    subject,
    "",
    `Draft for #${report.issue.number}, attempt ${report.attempt}: ${verdictName[report.draft.verification.verdict]}.`,
    "",
    `Co-authored-by: ${report.requestedBy} <${report.requestedBy}@users.noreply.github.com>`,
  ].join("\n");
}

/** The tests that the change is about, at the base, with the new tests, and at the result; then the whole suite. */
export function evidenceTable(verification: Verification): string {
  const { suites } = verification;
  const proving = changed(verification);
  const rows = proving.slice(0, shown).map(testRow);
  const more =
    proving.length > shown ? [`| and ${count(proving.length - shown, "more test")} below | | | |`] : [];
  return [
    "| test | base | base + new tests | this branch |",
    "|---|---|---|---|",
    ...rows,
    ...more,
    `| **whole suite** | ${suiteLine(suites.base)} | ${suiteLine(suites.baseWithTests)} | ${suiteLine(suites.head)} |`,
  ].join("\n");
}

function changed(verification: Verification): readonly TestEvidence[] {
  return verification.tests.filter((test) => test.base !== test.head || test.base !== test.baseWithTests);
}

function testRow(test: TestEvidence): string {
  const file = test.file === null ? "" : ` in ${cell(test.file)}`;
  return `| ${cell(test.name)}${file} | ${test.base} | ${test.baseWithTests} | ${test.head} |`;
}

function testTable(tests: readonly TestEvidence[]): string {
  if (tests.length <= shown) return "";
  return [
    "| test | base | base + new tests | this branch |",
    "|---|---|---|---|",
    ...tests.slice(0, 200).map(testRow),
  ].join("\n");
}

/** What the gates remark on a change, or nothing. */
export function findingsList(findings: readonly Finding[]): string {
  if (findings.length === 0) return "";
  const order = [...findings].sort((a, b) => a.weight.localeCompare(b.weight));
  const lines = order.map((finding) => {
    const place = finding.line === null ? finding.file : `${finding.file}:${finding.line}`;
    return `- ${finding.weight === "blocking" ? "**Blocking**" : "Look at"} ${code(place)}: ${inert(finding.reason, 300)}`;
  });
  return `### Findings\n\n${lines.join("\n")}`;
}

function failureDetails(verification: Verification): string {
  const { suites } = verification;
  const troubled =
    verification.verdict === "failed" ? suites.head : suites.base?.problem ? suites.base : undefined;
  const proof = verification.tests.filter((test) => test.message !== undefined).slice(0, 20);
  return [
    folded(
      "Why the tests failed where they did",
      proof.map((test) => `${code(test.name)}\n\n${block(test.message ?? "")}`).join("\n\n"),
    ),
    folded("Output of the test command", troubled === undefined ? "" : block(troubled.output.slice(-8000))),
  ]
    .filter(Boolean)
    .join("\n\n");
}

function repeatCommand({ branch, draft }: PullRequestReport): string {
  const { setupCommand, testCommand } = draft.verification;
  const place =
    branch === null
      ? ["git apply change.patch"]
      : [`git fetch origin ${branch}`, "git switch --detach FETCH_HEAD"];
  return [...place, setupCommand, testCommand].filter((step) => step !== null).join(" && ");
}

function folded(summary: string, content: string): string {
  return content === "" ? "" : `<details><summary>${summary}</summary>\n\n${content}\n\n</details>`;
}

function sections(parts: readonly (string | false)[]): string {
  return parts.filter((part) => part !== false && part !== "").join("\n\n");
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
