import { expect, test } from "@jest/globals";
import { feedback } from "../../src/verify/feedback.ts";
import type { TestEvidence, Verification } from "../../src/verify/types.ts";

const verification: Verification = {
  verdict: "failed",
  reason: "tests-broken",
  treeSha: "h",
  baseTreeSha: "b",
  tests: [],
  suites: {},
  findings: [],
  setupCommand: null,
  testCommand: "npm test",
  durationMs: 1,
};
const broken: TestEvidence = {
  name: "adds",
  file: "a.test.js",
  base: "passed",
  baseWithTests: "passed",
  head: "failed",
  message: "1 !== 2\nat a.test.js:3",
};

test("names what failed and what it said", () => {
  const finding = {
    gate: "test-deleted",
    weight: "blocking",
    file: "b.js",
    line: 2,
    reason: "Gone.",
  } as const;
  const idle: TestEvidence = { ...broken, name: "idle", base: "absent", head: "passed" };
  expect(
    feedback({ ...verification, tests: [broken, idle], findings: [finding] }),
  ).toBe(`verdict: failed (tests-broken)
test command: npm test
blocked: b.js:2: Gone.
passed before the change and fails now:
- a.test.js: adds
    1 !== 2
    at a.test.js:3
new, but passes without the change too:
- a.test.js: idle`);
});

test("gives the end of the output where the suite itself is unusable", () => {
  const head = {
    tree: "h",
    command: "npm test",
    tests: [],
    exitCode: 1,
    durationMs: 1,
    output: "no such module",
    problem: "no-report",
  } as const;
  const text = feedback({ ...verification, reason: "still-red", problem: "no-report", suites: { head } });
  expect(text).toContain("output of npm test (exit code 1), its end:\n    no such module");
});

test("is short whatever the tests print", () => {
  const many = Array.from({ length: 500 }, (_, index) => ({
    ...broken,
    name: `${index}`,
    message: "é\n".repeat(2_000),
  }));
  const text = feedback({ ...verification, tests: many });
  expect(Buffer.byteLength(text)).toBeLessThan(12_100);
  expect(text.split("\n").length).toBeLessThanOrEqual(201);
  const wide = feedback({ ...verification, tests: [{ ...broken, message: "é".repeat(50_000) }] });
  expect(Buffer.byteLength(wide)).toBeLessThan(12_100);
});
