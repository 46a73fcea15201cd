import type { Verification } from "../../verify/types.ts";
import type { Account } from "../account.ts";
import { allChangedTests } from "../evidence-table.ts";
import { count } from "../figures.ts";
import { allFindings } from "../findings-list.ts";
import { block, code, inert, inertLine } from "../inert.ts";
import { noticeList } from "../notices.ts";
import { firstWords } from "./first-screen.ts";
import type { Fold } from "./folded.ts";
import { manifest } from "./manifest.ts";
import type { PublishedReport } from "./report.ts";
import { checkRequirements, requirementLines } from "./requirements.ts";

/** Everything that is folded away, in the order in which a reviewer wants it. */
export function details(report: PublishedReport, account: Account): Fold[] {
  const { draft, links } = report;
  const { verification } = draft;
  const requirements = checkRequirements(account.requirements, verification.tests);
  const shown = requirements.filter((requirement) => requirement.shown).length;
  const said = (items: readonly string[]) => items.map((item) => `- ${inertLine(item, 500)}`);
  const tests = allChangedTests(verification);
  const failures = verification.tests.filter((test) => test.message !== undefined).slice(0, 20);
  const output = troubledOutput(verification);
  const notices = draft.notices.length;
  const { head, rows } = manifest(report);
  return [
    lines(
      `Requirements, as the model took them from the issue (${shown} of ${requirements.length} shown by a test)`,
      requirementLines(requirements),
    ),
    lines(`Assumptions of the model (${account.assumptions.length})`, said(account.assumptions)),
    lines(`Not done, says the model (${account.notDone.length})`, said(account.notDone)),
    paragraphs("The model's whole account", wholeAccount(account)),
    lines(`All findings (${verification.findings.length})`, allFindings(verification.findings, links)),
    { ...lines(`All tests that changed (${tests.count})`, tests.rows), head: tests.head },
    paragraphs(
      "Why the tests failed where they did",
      failures.map((test) => `${code(test.name)}\n\n${block(test.message ?? "")}`),
    ),
    paragraphs("Output of the test command", output === "" ? [] : [block(output)]),
    lines(`Notices (${notices})`, notices === 0 ? [] : noticeList(draft.notices).split("\n")),
    { ...lines(`What the model was given (${count(rows.length, "text")})`, rows), head },
  ];
}

const lines = (summary: string, pieces: readonly string[]): Fold => ({ summary, pieces, between: "\n" });
const paragraphs = (summary: string, pieces: readonly string[]): Fold => ({
  ...{ summary, pieces },
  between: "\n\n",
});

function wholeAccount({ text }: Account): string[] {
  return firstWords(text) === text.trim() ? [] : [inert(text)];
}

/** What the test command printed, where that is the reason for the verdict. */
function troubledOutput({ verdict, suites }: Verification): string {
  const troubled = verdict === "failed" ? suites.head : suites.base?.problem ? suites.base : undefined;
  return troubled?.output.slice(-8000) ?? "";
}
