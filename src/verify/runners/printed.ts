import type { TestResult } from "../types.ts";

/**
 * The tests that a command prints in a form made for programs: TAP (https://testanything.org), Automake's summary
 * (https://www.gnu.org/software/automake/manual/html_node/Scripts_002dbased-Testsuites.html), or `[ok]: name` as the Tcl
 * suites of Redis and its relatives do. Empty where it prints none of them.
 */
export function readPrinted(output: string): TestResult[] {
  const lines = output.split(/\r?\n/);
  // A program that dies on the way never comes to its plan.
  if (lines.some((line) => /^(1\.\.\d+|TAP version \d+)/.test(line))) return readTap(lines);
  if (lines.some((line) => /^Testsuite summary( for |$)/.test(line))) return lines.flatMap(automakeResult);
  return lines.flatMap(bracketResult);
}

/** The outermost results alone: those of a subtest are summed up in the one that follows them. */
function readTap(lines: readonly string[]): TestResult[] {
  const results: TestResult[] = [];
  let group = "";
  for (const [index, line] of lines.entries()) {
    // tape puts the test's name above its assertions.
    const [, comment] = /^# (?!Subtest|tests |pass |fail |ok$|skip |todo )(.{1,300})$/.exec(line) ?? [];
    group = comment ?? group;
    const [, not, text = ""] = /^(not )?ok\b(?: \d+)?(?: -)?(?: (.*))?$/.exec(line) ?? [];
    if (!/^(not )?ok\b/.test(line)) continue;
    const [, name = text, directive] = /^(.*?)\s*#\s*(skip|todo)\b/i.exec(text) ?? [];
    const state = directive !== undefined ? "skipped" : not === undefined ? "passed" : "failed";
    const names = [group, name.trim()].filter(Boolean);
    results.push({
      name: names.join(" > ") || `(test ${results.length + 1})`,
      file: null,
      state,
      ...(state === "failed" ? { message: diagnosis(lines, index + 1) } : {}),
    });
  }
  return results;
}

/** The indented block below a failure. */
function diagnosis(lines: readonly string[], from: number): string {
  const rest = lines.slice(from, from + 60);
  const end = rest.findIndex((line) => !/^\s|^$/.test(line));
  return (end < 0 ? rest : rest.slice(0, end)).join("\n");
}

function automakeResult(line: string): TestResult[] {
  const [, word, name] = /^(PASS|FAIL|SKIP|XFAIL|XPASS|ERROR): (\S.*)$/.exec(line) ?? [];
  if (word === undefined || name === undefined) return [];
  const state = /^(PASS|XFAIL)$/.test(word) ? "passed" : word === "SKIP" ? "skipped" : "failed";
  return [{ name, file: null, state }];
}

function bracketResult(line: string): TestResult[] {
  const [, word, name] = /^\[(ok|err|exception|skip|ignore)\]: (.+?)(?: \(\d+ ms\))?$/.exec(line) ?? [];
  if (word === undefined || name === undefined) return [];
  return [{ name, file: null, state: word === "ok" ? "passed" : /^e/.test(word) ? "failed" : "skipped" }];
}
