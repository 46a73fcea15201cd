import type { Draft } from "../../src/report/outcome.ts";
import type { SuiteRun, TestResult, Verification } from "../../src/verify/types.ts";

/** A suite run as verification makes it, with the given tests. */
export function suite(tests: readonly TestResult[], rest: Partial<SuiteRun> = {}): SuiteRun {
  return {
    tree: "a".repeat(40),
    command: "npm test",
    tests,
    exitCode: 0,
    durationMs: 1000,
    output: "",
    ...rest,
  };
}

/** A verified change: one new test that failed without the change and passes with it. */
export function verified(rest: Partial<Verification> = {}): Verification {
  const old: TestResult = { name: "old", file: "test/a.test.js", state: "passed" };
  const added = { name: "adds", file: "test/a.test.js" };
  return {
    verdict: "verified",
    reason: "proved",
    treeSha: "b".repeat(40),
    baseTreeSha: "a".repeat(40),
    tests: [
      { ...added, base: "absent", baseWithTests: "failed", head: "passed", message: "expected 3, got 2" },
      { name: "old", file: "test/a.test.js", base: "passed", baseWithTests: "passed", head: "passed" },
    ],
    suites: {
      base: suite([old]),
      baseWithTests: suite([old, { ...added, state: "failed" }], { exitCode: 1 }),
      head: suite([old, { ...added, state: "passed" }]),
    },
    findings: [],
    setupCommand: "npm ci",
    testCommand: "npm test",
    durationMs: 3000,
    ...rest,
  };
}

export function draftOf(verification: Verification, rest: Partial<Draft> = {}): Draft {
  return {
    verification,
    summary: "Adds the missing carry, because sums above nine were wrong.",
    end: { kind: "done", text: "" },
    rounds: 1,
    spent: {
      usd: 0.1234,
      turns: 7,
      seconds: 41,
      inputTokens: 100,
      outputTokens: 2000,
      cacheReadTokens: 30000,
      cacheWriteTokens: 900,
    },
    model: "claude-sonnet-5-5",
    modelKind: "live",
    notices: [],
    ...rest,
  };
}
