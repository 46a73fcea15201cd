import { describe, expect, test } from "@jest/globals";
import { go } from "../../src/verify/runners/go.ts";
import { marksOf, withoutMarks } from "../../src/verify/runners/marks.ts";
import {
  cargoSummary,
  goSummary,
  jestSummary,
  mavenSummary,
  printedSummary,
  pytestSummary,
} from "../../src/verify/runners/summaries.ts";
import { believed } from "../../src/verify/suite/believed.ts";
import type { SuiteRun } from "../../src/verify/types.ts";

const lines = (...all: string[]) => all.join("\n");

describe("what a runner prints at its end", () => {
  test("counts where it is the last of its kind", () => {
    const output = lines(
      "Tests:       2 failed, 1 passed, 3 total",
      "Tests:       1 skipped, 3 passed, 4 total",
    );
    expect(jestSummary(output)).toEqual({ passed: 3, failed: 0, worst: 2 });
    expect(jestSummary("  Tests: 3 passed, 3 total")).toBeNull();
  });

  test("pytest: what fails twice is one test, what passes unexpectedly has passed", () => {
    expect(
      pytestSummary("=== 7 failed, 3 passed, 1 skipped, 1 xpassed, 4 errors in 0.78s ==="),
    ).toMatchObject({
      passed: 4,
      failed: 1,
    });
    expect(pytestSummary("no tests ran in 0.01s")).toMatchObject({ passed: 0, failed: 0 });
    expect(pytestSummary("3 passed, 2 subtests passed in 61.20s (0:01:01)")).toMatchObject({ passed: 5 });
  });

  test("Maven: once a module, and not at all where only failures are printed", () => {
    const output = lines(
      "[INFO] Tests run: 2, Failures: 0, Errors: 0, Skipped: 0, Time elapsed: 0.1 s -- in a.ATest",
      "[INFO] Results:",
      "[INFO] Tests run: 2, Failures: 0, Errors: 0, Skipped: 0",
      "[ERROR] Tests run: 5, Failures: 1, Errors: 1, Skipped: 1",
    );
    expect(mavenSummary(output)).toEqual({ passed: 4, failed: 1 });
    expect(mavenSummary("[ERROR] Tests run: 5, Failures: 1, Errors: 1, Skipped: 1")).toBeNull();
  });

  test("cargo: once a program, or it says nothing", () => {
    const program = ["     Running tests/a.rs (target/debug/deps/a-1)", "test one ... ok"];
    const end = "test result: ok. 1 passed; 0 failed; 0 ignored;";
    expect(cargoSummary(lines(...program, end))).toEqual({ passed: 1, failed: 0, results: 1 });
    expect(cargoSummary(lines(...program, "test tests/ui/a.rs ... ok", end))).toEqual({
      passed: 2,
      failed: 0,
      results: 2,
    });
    expect(cargoSummary(lines(...program, end, ...program))).toBeNull();
    expect(cargoSummary(lines(...program, end, end))).toBeNull();
  });

  test("TAP: by its plans, those of subtests too", () => {
    const subtests = ["    ok 1 - a", "    ok 2 - b # SKIP", "    1..2", "ok 1 - s"];
    expect(printedSummary(lines("TAP version 13", ...subtests, "not ok 2 - c", "1..2"))).toEqual({
      passed: 2,
      failed: 0,
    });
    expect(printedSummary(lines("t/a.t ..", "1..1", "ok 1 - a", "ok", "All tests successful."))).toEqual({
      passed: 2,
      failed: 0,
    });
    expect(printedSummary(lines("TAP version 13", "ok 1 - a"))).toBeNull();
    expect(printedSummary("1..0 # SKIP no network")).toBeNull();
  });
});

describe("a package of Go's", () => {
  const event = (Action: string, more: object = {}) => JSON.stringify({ Action, Package: "m", ...more });
  const one = [event("run", { Test: "TestOne" }), event("pass", { Test: "TestOne" })];

  test("that passes without having come to its end vouches for none of its tests", () => {
    const ended = event("output", { Output: "PASS\n" });
    const other = JSON.stringify({ Action: "output", Package: "n", Output: "PASS\n" });
    expect(goSummary(lines(...one, ended, event("pass")))).toEqual({ passed: 1, failed: 0 });
    expect(goSummary(lines(...one, event("pass"), other))).toEqual({ passed: 0, failed: 0 });
    expect(goSummary(lines(...one, event("pass")))).toBeNull();
  });

  test("that fails although its tests passed is a failure by itself", () => {
    const output = lines(...one, event("fail"));
    expect(goSummary(output)).toEqual({ passed: 1, failed: 0 });
    expect(go.read(new Map([["output", output]])).map(({ name, state }) => [name, state])).toEqual([
      ["TestOne", "passed"],
      ["m", "failed"],
    ]);
  });
});

test("a mark says that a report is as it was at the end", () => {
  const mark = (sum: string) => `firstdraft-report: a.jsonl ${sum}\n`;
  const sum = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
  const own = new Map([["a.jsonl", "abc"]]);
  expect(marksOf(mark(sum), own)).toEqual({ complete: true, broken: false });
  expect(marksOf(mark(sum), new Map([["a.jsonl", "abd"]]))).toEqual({ complete: true, broken: true });
  expect(marksOf(mark(sum), new Map())).toMatchObject({ broken: true });
  expect(marksOf("", own)).toEqual({ complete: false, broken: false });
  expect(marksOf(mark(sum) + mark(sum.replace("b", "c")), own)).toMatchObject({ broken: true });
  expect(withoutMarks(`one\n${mark(sum)}two`)).toBe("one\ntwo");
});

describe("beside the base's run", () => {
  const summary = { passed: 1, failed: 0 };
  const tests = [{ name: "a", file: null, state: "passed" }] as const;
  const run: SuiteRun = { tree: "t", command: "c", tests, exitCode: 0, durationMs: 1, output: "", summary };
  const { summary: _, ...silent } = run;
  const refused = { problem: "report-contradicted", tests: [] };

  test("a runner that does not come to its end is not believed, unless it did not there either", () => {
    expect(believed(run, run)).toBe(run);
    expect(believed(run, silent)).toMatchObject(refused);
    expect(believed(silent, silent)).toBe(silent);
    expect(believed(undefined, silent)).toBe(silent);
    const other = { ...silent, command: "d" };
    expect(believed(run, other)).toBe(other);
    expect(believed({ ...run, only: ["a"] }, { ...other, only: ["b"] })).toMatchObject(refused);
    const worse: SuiteRun = { ...silent, exitCode: 1, tests: [{ ...tests[0], state: "failed" }] };
    expect(believed(run, worse)).toBe(worse);
    expect(believed({ ...worse, summary }, worse)).toMatchObject(refused);
    expect(believed(undefined, run, { ...run, problem: "report-contradicted" })).toMatchObject(refused);
    const hanging = { ...silent, problem: "timeout" } as const;
    expect(believed(run, hanging)).toBe(hanging);
  });

  test("a runner that speaks of failures and succeeds is not believed, unless it did so there too", () => {
    const two = { ...run, summary: { ...summary, worst: 1 } };
    expect(believed(run, two)).toMatchObject(refused);
    expect(believed(two, two)).toBe(two);
    expect(believed(run, { ...two, exitCode: 1 })).toMatchObject({ exitCode: 1, tests });
  });
});
