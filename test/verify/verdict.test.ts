import { expect, test } from "@jest/globals";
import {
  dependencyUnknown,
  type Finding,
  type SuiteProblem,
  type SuiteRun,
  type TestEvidence,
  type TestState,
} from "../../src/verify/types.ts";
import { decide, type Facts } from "../../src/verify/verdict.ts";

function run(problem?: SuiteProblem): SuiteRun {
  const suite = { tree: "t", command: "npm test", tests: [], exitCode: 0, durationMs: 1, output: "" };
  return problem === undefined ? suite : { ...suite, problem };
}

/** `absent failed passed` as evidence. */
function evidence(...states: string[]): TestEvidence[] {
  return states.map((line, index) => {
    const [base, baseWithTests, head, flaky] = line.split(" ") as [TestState, TestState, TestState, string?];
    return {
      name: `test ${index}`,
      file: "a.test.js",
      base,
      baseWithTests,
      head,
      ...(flaky ? { flaky: true } : {}),
    };
  });
}

const blocking: Finding = {
  gate: "test-deleted",
  weight: "blocking",
  file: "a",
  line: null,
  reason: "deleted",
};
const fine: Facts = { changed: true, testCommand: true, base: run(), head: run(), tests: [], findings: [] };
const { base: _, ...withoutBase } = fine;
const { head: __, ...withoutHead } = fine;
const kept = "passed passed passed";

test.each<[string, Facts, string, string]>([
  ["a new test proves", { ...fine, tests: evidence(kept, "absent failed passed") }, "verified", "proved"],
  ["a red test put right proves", { ...fine, tests: evidence("failed failed passed") }, "verified", "proved"],
  [
    "red before is not blamed",
    { ...fine, tests: evidence("failed failed failed", "absent failed passed") },
    "verified",
    "proved",
  ],
  [
    "no test passes anywhere",
    { ...fine, tests: evidence("failed failed failed") },
    "unverified",
    "suite-unusable",
  ],
  [
    "a package that does not exist blocks",
    {
      ...fine,
      tests: evidence("absent failed passed"),
      findings: [{ ...blocking, gate: dependencyUnknown }],
    },
    "failed",
    "dependency-unknown",
  ],
  [
    "weaker tests are the reason where both are so",
    { ...fine, tests: evidence(kept), findings: [{ ...blocking, gate: dependencyUnknown }, blocking] },
    "failed",
    "blocked-by-gate",
  ],
  ["no test", { ...fine, tests: evidence(kept) }, "tests-pass", "no-new-test"],
  [
    "a flaky test proves nothing",
    { ...fine, tests: evidence("absent failed passed flaky") },
    "tests-pass",
    "new-test-flaky",
  ],
  [
    "an old test's new expectation proves the change",
    { ...fine, tests: evidence("passed failed passed") },
    "verified",
    "proved",
  ],
  [
    "the new test is idle",
    { ...fine, tests: evidence("absent passed passed") },
    "tests-pass",
    "new-test-passes-on-base",
  ],
  [
    "one idle, one proves",
    { ...fine, tests: evidence("absent passed passed", "absent failed passed") },
    "verified",
    "proved",
  ],
  [
    "broken in spite of proof",
    { ...fine, tests: evidence("passed passed failed", "absent failed passed") },
    "failed",
    "tests-broken",
  ],
  [
    "the new test fails",
    { ...fine, tests: evidence(kept, "absent failed failed") },
    "failed",
    "new-test-fails",
  ],
  [
    "blocked in spite of proof",
    { ...fine, tests: evidence("absent failed passed"), findings: [blocking] },
    "failed",
    "blocked-by-gate",
  ],
  [
    "broken comes before blocked",
    { ...fine, tests: evidence("passed passed failed"), findings: [blocking] },
    "failed",
    "tests-broken",
  ],
  ["nothing changed", { ...withoutBase, changed: false }, "failed", "nothing-changed"],
  [
    "no command anywhere",
    { changed: true, testCommand: false, tests: [], findings: [] },
    "unverified",
    "no-test-command",
  ],
  ["the command is gone", { ...withoutHead, testCommand: false }, "failed", "still-red"],
  ["the base cannot run", { ...fine, base: run("no-report") }, "unverified", "suite-unusable"],
  ["the head cannot run", { ...fine, head: run("timeout") }, "failed", "still-red"],
  [
    "the base had no tests",
    { ...fine, base: run("no-tests-ran"), tests: evidence("absent failed passed") },
    "verified",
    "proved",
  ],
  [
    "there never were tests",
    { ...fine, base: run("no-tests-ran"), head: run("no-tests-ran") },
    "unverified",
    "suite-unusable",
  ],
  ["the first tests do not run", { ...withoutBase, head: run("runner-failed") }, "failed", "still-red"],
])("%s", (_name, facts, verdict, reason) => {
  expect(decide(facts)).toMatchObject({ verdict, reason });
});
