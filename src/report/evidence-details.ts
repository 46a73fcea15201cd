import type { Verification } from "../verify/types.ts";
import { allChangedTests } from "./evidence-table.ts";
import { allFindings, findingLines } from "./findings-list.ts";
import { type Fold, lines, paragraphs } from "./folded.ts";
import { block, code, inertLine } from "./inert.ts";
import type { Links } from "./links.ts";
import { byLinters, complaintCounts, linterLines } from "./linters.ts";

/** What is folded away below every evidence table: all findings and tests, what failures said, what the command printed. */
export function evidenceDetails(verification: Verification, links: Links | null = null): Fold[] {
  const { findings, tests } = verification;
  const changed = allChangedTests(verification);
  const failures = tests.filter((test) => test.message !== undefined).slice(0, 20);
  const output = troubledOutput(verification);
  const complaints = byLinters(findings);
  const others = findings.filter(({ lint }) => lint === undefined);
  return [
    lines(`All findings (${others.length})`, allFindings(others, links)),
    lines(`The project's own linters: ${complaintCounts(complaints)}`, [
      ...findingLines(complaints, links),
      ...linterLines(verification).map((line) => `- ${inertLine(line)}`),
    ]),
    { ...lines(`All tests that changed (${changed.count})`, changed.rows), head: changed.head },
    paragraphs(
      "Why the tests failed where they did",
      failures.map((test) => `${code(test.name)}\n\n${block(test.message ?? "")}`),
    ),
    paragraphs("Output of the test command", output === "" ? [] : [block(output)]),
  ];
}

/** What the test command printed, where that is the reason for the verdict. */
function troubledOutput({ verdict, suites }: Verification): string {
  const troubled = verdict === "failed" ? suites.head : suites.base?.problem ? suites.base : undefined;
  return troubled?.output.slice(-8000) ?? "";
}
