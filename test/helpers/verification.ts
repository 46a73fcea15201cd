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
      {
        ...added,
        base: "absent",
        baseWithTests: "failed",
        head: "passed",
        message: "expected 3, got 2",
        failure: "assertion",
      },
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
    summary: `Adds the missing carry, because sums above nine were wrong.

**Requirements**

- sums above nine are right — adds

**Assumptions**

- None.

**Not done**

- Nothing.`,
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
    changes: [
      {
        ...{ path: "src/add.js", status: "modified", binary: false },
        hunks: [
          {
            at: 2,
            removed: [{ line: 2, text: "  return (a + b) % 10;" }],
            added: [{ line: 2, text: "  return a + b;" }],
          },
        ],
      },
    ],
    seen: [
      { kind: "issue", where: "the issue's title", by: "grace", characters: 24, removed: [], cut: 0 },
      { kind: "issue", where: "the issue's text", by: "grace", characters: 310, removed: [], cut: 0 },
      { kind: "instructions", where: "AGENTS.md", by: null, characters: 800, removed: [], cut: 0 },
      {
        kind: "files",
        where: "names of the repository's files",
        by: null,
        characters: 90,
        removed: [],
        cut: 0,
      },
    ],
    ...rest,
  };
}

/** What the request of a first attempt says of the pull request that it revises. */
export const notRevised = { revises: null, replaces: null, feedback: [] };
