import type { Verification } from "../verify/types.ts";
import { spentLine, suiteLine } from "./figures.ts";
import type { Outcome } from "./outcome.ts";
import { endSentence, verdictSentence } from "./sentences.ts";

/** A verification for a terminal: the verdict, the suites, the tests that changed, the findings. */
export function verificationText(verification: Verification): string {
  const { suites, tests, findings } = verification;
  const changed = tests.filter((test) => test.base !== test.head || test.base !== test.baseWithTests);
  const lines = [
    verdictSentence(verification).replaceAll("**", ""),
    "",
    `  base              ${suiteLine(suites.base)}`,
    `  base + new tests  ${suiteLine(suites.baseWithTests)}`,
    `  result            ${suiteLine(suites.head)}`,
    ...(changed.length > 0 ? [""] : []),
    ...changed.slice(0, 50).map((test) => {
      const file = test.file === null ? "" : ` (${test.file})`;
      return `  ${test.base} → ${test.baseWithTests} → ${test.head}  ${test.name}${file}`;
    }),
    ...(changed.length > 50 ? [`  and ${changed.length - 50} more`] : []),
    ...findings.map(
      ({ weight, file, line, reason }) => `  ${weight}: ${file}${line === null ? "" : `:${line}`}: ${reason}`,
    ),
    "",
    `tree ${verification.treeSha}`,
  ];
  return lines.join("\n");
}

/** How a run ended, for a terminal. */
export function outcomeText(outcome: Outcome): string {
  if (outcome.kind === "stopped") {
    const spent = outcome.spent === null ? [] : ["", spentLine(outcome.spent)];
    return [`Stopped: ${outcome.what}`, outcome.fix, ...spent].join("\n");
  }
  const { draft } = outcome;
  if (outcome.kind === "unchanged") {
    return [
      "No change: the model ended without changing a file.",
      "",
      draft.summary,
      "",
      spentLine(draft.spent),
    ].join("\n");
  }
  const end = endSentence(draft.end);
  const place = outcome.kind === "drafted" ? ["", `Draft: ${outcome.pullRequest.url}`] : [];
  return [
    verificationText(outcome.draft.verification),
    ...(end === null ? [] : ["", end]),
    spentLine(draft.spent),
    ...place,
  ].join("\n");
}
