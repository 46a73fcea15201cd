import type { TestResult } from "../types.ts";
import { readTap } from "./tap.ts";

/**
 * The tests that a command prints in a form made for programs: TAP (https://testanything.org), Automake's summary
 * (https://www.gnu.org/software/automake/manual/html_node/Scripts_002dbased-Testsuites.html), or `[ok]: name` as the Tcl
 * suites of Redis and its relatives do. Empty where it prints none of them.
 */
export function readPrinted(output: string): TestResult[] {
  const lines = output.split(/\r?\n/);
  // A program that dies on the way never comes to its plan.
  if (lines.some((line) => /^(1\.\.\d+|TAP version \d+)/.test(line))) return [...readTap(lines).results];
  if (lines.some((line) => /^Testsuite summary( for |$)/.test(line))) return lines.flatMap(automakeResult);
  return lines.flatMap(bracketResult);
}

function automakeResult(line: string): TestResult[] {
  const [, word, name] = /^(PASS|FAIL|SKIP|XFAIL|XPASS|ERROR): (\S.*)$/.exec(line) ?? [];
  if (word === undefined || name === undefined) return [];
  const state = /^(PASS|XFAIL)$/.test(word) ? "passed" : word === "SKIP" ? "skipped" : "failed";
  return [{ name, file: null, state }];
}

function bracketResult(line: string): TestResult[] {
  const [, word, name] =
    /^\[(ok|err|exception|skip|ignore)\]: (.+?)(?: in tests\/\S+\.tcl)?(?: \(\d+ ms\))?$/.exec(line) ?? [];
  if (word === undefined || name === undefined) return [];
  return [{ name, file: null, state: word === "ok" ? "passed" : /^e/.test(word) ? "failed" : "skipped" }];
}
