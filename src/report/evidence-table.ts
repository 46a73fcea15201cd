import type { TestEvidence, Verification } from "../verify/types.ts";
import { count, upTo } from "./figures.ts";
import { cell, code } from "./inert.ts";
import { changedTests, flakyTests, redBefore, stateWord, suiteFigures } from "./suites.ts";

/** How many tests are shown before the rest is only counted. */
const shown = 8;

const head = "| test | base | base + new tests | this branch |\n|---|---|---|---|";

/** The tests that the change is about, at the base, with the new tests, and at the result; then the whole suite. */
export function evidenceTable(verification: Verification): string {
  const { suites, tests } = verification;
  const changed = changedTests(tests);
  const more = changed.length - shown;
  const rows = [
    head,
    ...changed.slice(0, shown).map(testRow),
    ...(more > 0 ? [`| and ${count(more, "more test")} | | | |`] : []),
    `| **whole suite** | ${suiteFigures(suites.base, tests, "base")} | ${suiteFigures(suites.baseWithTests, tests, "baseWithTests")} | ${suiteFigures(suites.head, tests, "head")} |`,
  ];
  const words = [redBefore(tests), flakyTests(tests, ({ name }) => code(name))];
  return [rows.join("\n"), ...words.filter((line) => line !== null)].join("\n\n");
}

/** All of those tests where the table above does not show them: the head of a table, and its rows, up to a few hundred. */
export function allChangedTests({ tests }: Verification): { head: string; rows: string[]; count: number } {
  const changed = changedTests(tests);
  const rows = changed.length > shown ? upTo(changed, testRow, (more) => `| and ${more} more | | | |`) : [];
  return { head, rows, count: changed.length };
}

function testRow(test: TestEvidence): string {
  const file = test.file === null ? "" : ` in ${cell(test.file)}`;
  const states = (["base", "baseWithTests", "head"] as const).map((side) => stateWord(test, side));
  return `| ${cell(test.name)}${file} | ${states.join(" | ")} |`;
}
