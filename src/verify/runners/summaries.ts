import { asRecord } from "../look.ts";
import type { RunSummary } from "../types.ts";
import { fileBlocksSummary } from "./file-blocks.ts";
import { betweenMarks } from "./marks.ts";

/** `Tests:       1 failed, 2 skipped, 3 passed, 6 total` */
export const jestSummary = (output: string): RunSummary | null =>
  lastOf(output, /^Tests: +(\d.*) total$/gm, (text) => counts(text, "passed", "failed"));

/** `      Tests  1 failed | 2 passed | 1 expected fail (4)` */
export const vitestSummary = (output: string): RunSummary | null =>
  lastOf(output, /^ +Tests +(no tests|\d.*\(\d+\))$/gm, (text) =>
    counts(text, "passed|expected fail", "failed"),
  );

/**
 * `==== 1 failed, 2 passed, 1 xpassed in 0.12s ====`. A test counts as failed and as in error, and once more for each of
 * its subtests, so the failures are known no better than that there are some.
 */
export const pytestSummary = (output: string): RunSummary | null =>
  lastOf(output, /^(?:=+ )?((?:\d+ [a-z ]+(?:, )?)+|no tests ran) in \d+\.\d+s\b.*$/gm, (text) => {
    const { passed, failed } = counts(text, "passed|xpassed|subtests? passed", "failed|errors?");
    return { passed, failed: Math.min(failed, 1) };
  });

/** `Ran 3 tests in 0.001s` and below it `OK` or `FAILED (failures=1)`: the last one before each mark of a run's end. */
export function unittestSummary(output: string): RunSummary | null {
  const runs = betweenMarks(output).flatMap((run) => unittestRun(run) ?? []);
  if (runs.length === 0) return null;
  return {
    passed: runs.reduce((sum, { passed }) => sum + (passed ?? 0), 0),
    failed: runs.reduce((sum, { failed }) => sum + failed, 0),
    worst: Math.max(...runs.map(({ worst = 0 }) => worst)),
  };
}

const unittestRun = (output: string): RunSummary | null =>
  lastOf(output, /^Ran (\d+ tests? in .*\n\n(?:OK|FAILED|NO TESTS RAN)\b.*)$/gm, (text) => ({
    passed: Number.parseInt(text, 10),
    failed: /\nFAILED\b/.test(text) ? 1 : 0,
  }));

/** `99% tests passed, 1 tests failed out of 100`. A program is one test there, so that more may have passed. */
export const ctestSummary = (output: string): RunSummary | null =>
  lastOf(output, /^\d+% tests passed, (\d+) tests? failed out of \d+$/gm, (text) => ({
    passed: null,
    failed: Number(text),
  }));

/** `Ok: 2` and below it `Fail: 1` and its like. A program of TAP is one there, so that more may have passed. */
export const mesonSummary = (output: string): RunSummary | null =>
  lastOf(output, /^Ok: +\d+ *\n((?:[A-Z][a-z]+(?: [A-Z][a-z]+)?: +\d+ *\n)+)/gm, (text) => ({
    passed: null,
    failed: Math.min(sumOf(text, /^(?:Fail|Unexpected Pass|Timeout): +(\d+)/gm), 1),
  }));

/**
 * `[INFO] Tests run: 3, Failures: 0, Errors: 0, Skipped: 1`, once a module. With `-q` it is printed of failures only. The
 * failures are known no better than that there are some: a class that is run twice has one report.
 */
export function mavenSummary(output: string): RunSummary | null {
  if (!/^\[INFO\] /m.test(output)) return null;
  const line =
    /^(?:\[\w+\] )?Tests run: (\d+), Failures: (\d+), Errors: (\d+), Skipped: (\d+)(?:, Flakes: \d+)?\s*$/gm;
  const modules = [...output.matchAll(line)].map((match) => match.slice(1).map(Number));
  if (modules.length === 0) return null;
  const sum = (of: (module: number[]) => number) => modules.reduce((all, module) => all + of(module), 0);
  return {
    passed: sum(([run = 0, failures = 0, errors = 0, skipped = 0]) => run - failures - errors - skipped),
    failed: Math.min(
      sum(([, failures = 0, errors = 0]) => failures + errors),
      1,
    ),
  };
}

/** `test result: ok. 3 passed; 0 failed; …`, once a program; null where one of them did not come to it, or twice. */
export function cargoSummary(output: string): RunSummary | null {
  const ends = [...output.matchAll(/^test result: \w+\. (\d+) passed; (\d+) failed; (\d+) ignored;/gm)];
  const programs = output.match(/^ +(Running|Doc-tests) /gm) ?? [];
  if (ends.length === 0 || ends.length !== programs.length) return null;
  // Lines of others that look the same, as trybuild's: they name files, not tests.
  const others = output.match(/^test \S*[/.]\S* \.\.\. (ok|FAILED|ignored)/gm)?.length ?? 0;
  const sum = (at: number) => ends.reduce((all, end) => all + Number(end[at]), 0);
  return {
    passed: sum(1) + others,
    failed: Math.min(sum(2), 1),
    results: sum(1) + sum(2) + sum(3) + others,
  };
}

/** The events of `go test -json` that somebody vouches for: of a package that printed `PASS` or `FAIL`, and not of a test that failed as well. */
export function goSummary(output: string): RunSummary | null {
  const ended = new Set<string>();
  const failed = new Set<string>();
  const passed: { readonly of: string; readonly key: string }[] = [];
  for (const line of output.split("\n")) {
    if (!line.startsWith("{")) continue;
    const { Action: action, Package: of, Test: test, Output: text } = asRecord(parsed(line));
    const key = `${of} ${test}`;
    // A package that failed without coming to its end has a line of its own among the results.
    const atEnd = /(PASS|FAIL)\n$/.test(String(text)) || (action === "fail" && test === undefined);
    if (atEnd) ended.add(String(of));
    if (typeof test !== "string") continue;
    if (action === "pass") passed.push({ of: String(of), key });
    if (action === "fail" || String(text).includes(`--- FAIL: ${test} (`)) failed.add(key);
  }
  if (ended.size === 0) return null;
  return { passed: passed.filter(({ of, key }) => ended.has(of) && !failed.has(key)).length, failed: 0 };
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}

/** TAP: the plans, or `# pass 3` and `# fail 1` where each program prints them. Automake: `# PASS: 3` and its like. */
export function printedSummary(output: string): RunSummary | null {
  const automake = [...output.matchAll(/^Testsuite summary.*\n=+\n((?:# .*\n)+)/gm)];
  // First: what failed may have logged TAP, and the same counts again.
  if (automake.length > 0) return automakeSummary(automake.map(([, counts = ""]) => counts).join(""));
  const blocks = fileBlocksSummary(output);
  if (blocks !== null) return blocks;
  const plans = output.match(/^1\.\.\d+/gm)?.length ?? 0;
  if (plans === 0 || (output.match(/^TAP version \d+/gm)?.length ?? 0) > plans) return null;
  // node's own count leaves out the suites, which are lines too; others' may leave out what is in subtests.
  const told =
    output.match(/^# pass +\d+$/gm)?.length === plans && !/^(# suites \d+$| *# Subtest)/m.test(output);
  if (told)
    return {
      passed: sumOf(output, /^# pass +(\d+)$/gm),
      failed: Math.min(sumOf(output, /^# fail +(\d+)$/gm), 1),
    };
  const planned = sumOf(output, /^(?: {4})*1\.\.(\d+)/gm);
  const others = output.match(/^(?: {4})*(?:not ok \d|ok \d.*# *(?:skip|todo))/gim)?.length ?? 0;
  // prove says "ok" of each program as well.
  const programs = output.match(/^ok$/gm)?.length ?? 0;
  return planned === 0 ? null : { passed: planned - others + programs, failed: 0 };
}

const automakeSummary = (text: string): RunSummary => ({
  passed: sumOf(text, /^# (?:PASS|XFAIL): +(\d+)$/gm),
  failed: Math.min(sumOf(text, /^# (?:FAIL|XPASS|ERROR): +(\d+)$/gm), 1),
});

function sumOf(output: string, pattern: RegExp): number {
  return [...output.matchAll(pattern)].reduce((all, [, count]) => all + Number(count), 0);
}

/** The last one printed; `worst` is the most that any of them says of failures. */
function lastOf(output: string, pattern: RegExp, read: (text: string) => RunSummary): RunSummary | null {
  const all = [...output.matchAll(pattern)].map(([, text = ""]) => read(text));
  const last = all.at(-1);
  if (last === undefined) return null;
  return { ...last, worst: Math.max(...all.map(({ failed }) => failed)) };
}

function counts(text: string, passed: string, failed: string): { passed: number; failed: number } {
  const sum = (words: string) =>
    [...text.matchAll(new RegExp(`(\\d+) (?:${words})\\b`, "g"))].reduce(
      (all, [, count]) => all + Number(count),
      0,
    );
  return { passed: sum(passed), failed: sum(failed) };
}
