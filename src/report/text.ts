import type { Verification } from "../verify/types.ts";
import { spentLine } from "./figures.ts";
import { inOrder } from "./findings-list.ts";
import { graveLine } from "./grave.ts";
import { linterLines } from "./linters.ts";
import type { Outcome } from "./outcome.ts";
import { endSentence, verdictSentence } from "./sentences.ts";
import { changedTests, flakyTests, redBefore, stateWord, suiteFigures } from "./suites.ts";
import { waitsComment } from "./waits.ts";

/** A verification for a terminal: the verdict, the suites, the tests that changed, the findings. */
export function verificationText(verification: Verification): string {
  const { suites, tests, findings } = verification;
  const changed = changedTests(tests);
  const words = [redBefore(tests), flakyTests(tests, ({ name }) => name)].filter((line) => line !== null);
  const grave = graveLine(findings);
  const lines = [
    verdictSentence(verification).replaceAll("**", ""),
    ...(grave === null ? [] : [grave]),
    "",
    `  base              ${suiteFigures(suites.base, tests, "base")}`,
    `  base + new tests  ${suiteFigures(suites.baseWithTests, tests, "baseWithTests")}`,
    `  result            ${suiteFigures(suites.head, tests, "head")}`,
    ...words.map((line) => `  ${line}`),
    ...(changed.length > 0 ? [""] : []),
    ...changed.slice(0, 50).map((test) => {
      const file = test.file === null ? "" : ` (${test.file})`;
      const states = (["base", "baseWithTests", "head"] as const).map((side) => stateWord(test, side));
      return `  ${states.join(" → ")}  ${test.name}${file}`;
    }),
    ...(changed.length > 50 ? [`  and ${changed.length - 50} more`] : []),
    ...inOrder(findings).map(({ weight, file, line, endLine, reason, review, lint }) => {
      const to = endLine === undefined || endLine === line ? "" : `–${endLine}`;
      return `  ${review?.severity ?? (lint === undefined ? weight : "linter")}: ${file}${line === null ? "" : `:${line}${to}`}: ${reason}`;
    }),
    ...linterLines(verification).map((line) => `  ${line}`),
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
  if (outcome.kind === "shown")
    return `Attempt ${outcome.attempt} is shown again.\n\nDraft: ${outcome.pullRequest.url}`;
  if (outcome.kind === "waits") return waitsComment(outcome);
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
  const end = endSentence(draft);
  const place = outcome.kind === "drafted" ? ["", `Draft: ${outcome.pullRequest.url}`] : [];
  return [
    verificationText(outcome.draft.verification),
    ...(end === null ? [] : ["", end]),
    spentLine(draft.spent),
    ...place,
  ].join("\n");
}
