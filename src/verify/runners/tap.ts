import type { TestResult } from "../types.ts";

/** One line of `ok` or `not ok`, and how deep it stands. */
const point = /^(?<indent>(?: {4})*)(?<not>not )?ok(?: (?<number>\d+))?(?: -)?(?: (?<text>.*))?$/;

const plan = /^(?<under>(?: {4})*)1\.\.(?<count>\d+)\s*(#.*)?$/;

export interface Tap {
  readonly results: readonly TestResult[];
  /** How many results stand outside of any subtest, and how many were to come. */
  readonly points: number;
  readonly planned: number | null;
}

/** TAP 13 and 14 (https://testanything.org): the tests of a subtest under its name, and all others. */
export function readTap(lines: readonly string[]): Tap {
  const hasSubtests = lines.some((line) => /^\s*# Subtest/.test(line));
  // Results of subtests whose own line is still to come, by their depth.
  const open: TestResult[][] = [];
  let group = "";
  let points = 0;
  let planned: number | null = null;
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? "";
    const { under, count } = plan.exec(line)?.groups ?? {};
    if (under === "") planned = (planned ?? 0) + Number(count);
    // tape puts the test's name above its assertions, ava above its result.
    const [, comment] =
      /^# (?!Subtest|Looks like|tests |pass |fail |ok$|skip |todo )(\S.{0,299})$/.exec(line) ?? [];
    if (!hasSubtests) group = comment ?? group;
    const { indent, not, number, text = "" } = point.exec(line)?.groups ?? {};
    // In a subtest, a line that has no number may be anything that was printed.
    if (indent === undefined || (indent !== "" && number === undefined)) continue;
    const depth = indent.length / 4;
    const end = endOfDiagnosis(lines, at + 1, indent);
    if (depth === 0) points++;
    const own = resultOf(text, not !== undefined, lines.slice(at + 1, end).join("\n"));
    const parts = [group, ...(own.name === group ? [] : [own.name])];
    const name = parts.filter(Boolean).join(" > ") || `(test ${points})`;
    const inside = open[depth + 1] ?? [];
    open.length = Math.min(open.length, depth + 1);
    for (let above = open.length; above <= depth; above++) open[above] = [];
    open[depth]?.push(...together({ ...own, name }, inside));
    at = end - 1;
  }
  return { results: open[0] ?? [], points, planned };
}

function resultOf(text: string, failed: boolean, message: string): TestResult {
  const [, before = text, directive] = /^(.*?)(?<!\\)\s*#\s*(skip\w*|todo)\b/i.exec(text) ?? [];
  const state = directive !== undefined ? "skipped" : failed ? "failed" : "passed";
  // node-tap says how long it took, which is another time in each run.
  const name = before
    .replace(/ # time=[\d.]+m?s$/, "")
    .trim()
    .replaceAll(/\\([#\\])/g, "$1");
  return { name, file: null, state, ...(state === "failed" ? { message } : {}) };
}

/** A subtest's own line says only what its tests said, unless it failed and they did not. */
function together(own: TestResult, inside: readonly TestResult[]): TestResult[] {
  if (inside.length === 0 || own.state === "skipped") return [own];
  const tests = inside.map((test) => ({ ...test, name: `${own.name} > ${test.name}` }));
  return own.state === "failed" && !tests.some(({ state }) => state === "failed") ? [...tests, own] : tests;
}

/** Behind what stands below a result and says more of it: YAML between `---` and `...`, indented lines, or Perl's comments. */
function endOfDiagnosis(lines: readonly string[], from: number, indent: string): number {
  const [, mark] = /^( +)---\s*$/.exec(lines[from] ?? "") ?? [];
  if (mark !== undefined && mark.length > indent.length) {
    const end = lines.slice(from, from + 2_000).findIndex((line) => line.trimEnd() === `${mark}...`);
    return end < 0 ? from + 1 : from + end + 1;
  }
  let end = from;
  while (isDetail(lines[end], indent)) end++;
  return end;
}

function isDetail(line: string | undefined, indent: string): boolean {
  if (line === undefined || !line.startsWith(indent) || point.test(line) || plan.test(line)) return false;
  return /^(\s+(?!# Subtest)\S|# {2,}\S)/.test(line.slice(indent.length));
}
