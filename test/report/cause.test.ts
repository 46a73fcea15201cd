import { expect, test } from "@jest/globals";
import { causeSentence } from "../../src/report/cause.ts";
import type { SuiteProblem, Verification } from "../../src/verify/types.ts";

function stoppedBy(problem: SuiteProblem, output: string): Verification {
  const run = { tree: "", command: "", tests: [], exitCode: 1, durationMs: 0, output, problem };
  const nothing = { tests: [], findings: [], setupCommand: null, testCommand: null, durationMs: 0 };
  const trees = { treeSha: "", baseTreeSha: "" };
  return {
    ...{ ...nothing, ...trees, verdict: "unverified", reason: "suite-unusable", problem },
    suites: { base: run },
  };
}

test.each<[SuiteProblem, string, string]>([
  [
    "setup-failed",
    "npm error code ERESOLVE\nnpm error ERESOLVE could not resolve\nnpm error\nnpm error A complete log of this run\n",
    "npm error ERESOLVE could not resolve",
  ],
  [
    "setup-failed",
    "Progress: resolved 1\n ERR_PNPM_OUTDATED_LOCKFILE  Cannot install with frozen-lockfile\n",
    "ERR_PNPM_OUTDATED_LOCKFILE Cannot install with frozen-lockfile",
  ],
  [
    "setup-failed",
    "warning a\nerror upath@1.0.4: The engine is incompatible\n",
    "error upath@1.0.4: The engine is incompatible",
  ],
  [
    "setup-failed",
    "ERROR: This version of pnpm requires at least Node.js v22\n",
    "ERROR: This version of pnpm requires at least Node.js v22",
  ],
  ["no-report", "> build\n\nTypeError: x is not a function\n    at a.js\n", "TypeError: x is not a function"],
  ["runner-missing", "> test\nsh: 1: grunt: not found\n", "sh: 1: grunt: not found"],
])("%s: the line that says why is found", (problem, output, line) => {
  expect(causeSentence(stoppedBy(problem, output))).toBe(` It says: \`${line}\`.`);
});

test("where every test fails, what their program said last is told", () => {
  const stopped = stoppedBy("timeout", "ok\n12 tests of 14 passed, 2 failed.\n");
  const { problem: _, suites, ...rest } = stopped;
  const { problem: __, ...base } = suites.base ?? {};
  expect(causeSentence({ ...rest, suites: { base } } as Verification)).toBe(
    " It says: `12 tests of 14 passed, 2 failed.`.",
  );
  expect(causeSentence(stopped)).toBe("");
});

test("what the program says cannot act, and is short", () => {
  const hostile = `ERROR: \`@everyone\` <img src=x> ${"a".repeat(1000)}\n`;
  const sentence = causeSentence(stoppedBy("setup-failed", hostile));
  expect(sentence).toMatch(/^ It says: ``ERROR: `@everyone` <img src=x> a+…``\.$/);
  expect(sentence.length).toBeLessThan(230);
});

test("nothing is said where nothing is known, or where the suite says it better", () => {
  expect(causeSentence(stoppedBy("setup-failed", "hello\n"))).toBe("");
  expect(causeSentence(stoppedBy("timeout", "error: late\n"))).toBe("");
});
