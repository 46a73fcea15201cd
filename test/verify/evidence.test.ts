import { describe, expect, test } from "@jest/globals";
import { compareRuns } from "../../src/verify/evidence.ts";
import type { SuiteProblem, SuiteRun, TestResult } from "../../src/verify/types.ts";

type State = TestResult["state"];

/** `{ "a.test.js: adds": "passed" }` as a run; a key without a name is a file that could not be loaded. */
function run(tests: Record<string, State>, problem?: SuiteProblem): SuiteRun {
  const results = Object.entries(tests).map(([key, state]): TestResult => {
    const [file = "", name] = key.split(": ");
    return name === undefined ? { name: file, file, state, scope: "file" } : { name, file, state };
  });
  const suite = { tree: "t", command: "npm test", tests: results, exitCode: 0, durationMs: 1, output: "" };
  return problem === undefined ? suite : { ...suite, problem };
}

function shown(...runs: Parameters<typeof compareRuns>): string[] {
  return compareRuns(...runs).map(({ file, name, base, baseWithTests, head, flaky, movedFrom }) => {
    const more = [flaky ? "flaky" : "", movedFrom ? `from ${movedFrom}` : ""].filter(Boolean);
    return [`${file}: ${name}`, base, baseWithTests, head, ...more].join(" | ");
  });
}

describe("compareRuns", () => {
  test("puts the three states of each test side by side", () => {
    const base = run({ "a: one": "passed", "a: gone": "passed" });
    const baseWithTests = run({ "a: one": "passed", "b: new": "failed" });
    const head = run({ "a: one": "passed", "b: new": "passed" });
    expect(shown({ base, baseWithTests, head })).toEqual([
      "a: one | passed | passed | passed",
      "b: new | absent | failed | passed",
      "a: gone | passed | absent | absent",
    ]);
  });

  test("a test has failed where its file could not be loaded", () => {
    const head = run({ "b: new": "passed" });
    expect(shown({ base: run({}), baseWithTests: run({ b: "failed" }), head })).toEqual([
      "b: new | absent | failed | passed",
    ]);
    expect(shown({ base: head, baseWithTests: head, head: run({ b: "failed" }) })).toEqual([
      "b: b | absent | absent | failed",
      "b: new | passed | passed | failed",
    ]);
  });

  test("a report that broke off stands for the tests it misses, where it names no files", () => {
    const unnamed = (name: string, state: State): TestResult => ({ name, file: null, state });
    const rest: TestResult = { ...unnamed("(the rest)", "failed"), scope: "file" };
    const of = (...tests: TestResult[]) => ({ ...run({}), tests });
    const [base, head] = [
      of(unnamed("one", "passed")),
      of(unnamed("one", "passed"), unnamed("new", "passed")),
    ];
    const baseWithTests = of(unnamed("one", "passed"), rest);
    expect(shown({ base, baseWithTests, head })).toEqual([
      "null: one | passed | passed | passed",
      "null: new | absent | failed | passed",
    ]);
  });

  test.each<[SuiteProblem, State | "absent"]>([
    ["runner-failed", "failed"],
    ["no-report", "failed"],
    ["timeout", "failed"],
    ["setup-failed", "absent"],
    ["report-unreadable", "absent"],
  ])("new tests that stop the whole suite by %s are %s there", (problem, state) => {
    const base = run({ "a: one": "passed" });
    const head = run({ "a: one": "passed", "b: new": "passed" });
    expect(shown({ base, baseWithTests: run({}, problem), head })).toContain(
      `b: new | absent | ${state} | passed`,
    );
  });

  test("an old test of a file that no longer compiles on the base fails there too", () => {
    const base = run({ "a: one": "passed", "b: two": "passed" });
    const stopped = { ...run({}, "runner-failed"), output: "error[E0425]: cannot find function `mean`" };
    const runs = { base, baseWithTests: stopped, head: base };
    expect(shown({ ...runs, laid: ["a"] })).toEqual([
      "a: one | passed | failed | passed",
      "b: two | passed | absent | passed",
    ]);
    const elsewise = { ...stopped, output: "Killed" };
    expect(shown({ ...runs, baseWithTests: elsewise, laid: ["a"] })).toContain(
      "a: one | passed | absent | passed",
    );
  });

  test("a suite that was unusable before does not fail the new tests", () => {
    const head = run({ "b: new": "passed" });
    expect(shown({ base: run({}, "no-report"), baseWithTests: run({}, "no-report"), head })).toEqual([
      "b: new | absent | absent | passed",
    ]);
  });

  test("a failure that does not come twice is flaky", () => {
    const base = run({ "a: one": "passed" });
    const runs = { base, baseWithTests: base, head: run({ "a: one": "failed" }) };
    expect(shown({ ...runs, again: { head: [run({ "a: one": "passed" })] } })).toEqual([
      "a: one | passed | passed | passed | flaky",
    ]);
    expect(shown({ ...runs, again: { head: [run({ "a: one": "failed" })] } })).toEqual([
      "a: one | passed | passed | failed",
    ]);
  });

  test("an old test that fails once with the new tests on the base proves nothing by that", () => {
    const base = run({ "a: one": "passed" });
    const runs = { base, baseWithTests: run({ "a: one": "failed" }), head: base };
    expect(shown({ ...runs, again: { baseWithTests: [base] } })).toEqual([
      "a: one | passed | passed | passed | flaky",
    ]);
    expect(shown({ ...runs, again: { baseWithTests: [runs.baseWithTests] } })).toEqual([
      "a: one | passed | failed | passed",
    ]);
  });

  test("a test that went to another file is the same test, one that has a namesake is not", () => {
    const base = run({ "a: one": "passed", "a: two": "passed", "c: two": "passed" });
    const head = run({ "b: one": "passed", "b: two": "passed" });
    expect(shown({ base, head })).toEqual([
      "b: one | passed | absent | passed | from a",
      "b: two | absent | absent | passed",
      "a: two | passed | absent | absent",
      "c: two | passed | absent | absent",
    ]);
  });
});
