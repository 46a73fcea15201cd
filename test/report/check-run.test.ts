import { expect, test } from "@jest/globals";
import { checkReport } from "../../src/report/check-run.ts";
import { suite, verified } from "../helpers/verification.ts";

test.each([
  ["verified", "success"],
  ["tests-pass", "neutral"],
  ["unverified", "neutral"],
  ["failed", "failure"],
] as const)("the check run for %s is %s", (verdict, conclusion) => {
  const check = checkReport(
    verified({ verdict, reason: "suite-unusable", problem: "timeout", suites: { base: suite([]) } }),
  );
  expect(check.conclusion).toBe(conclusion);
  expect(check.summary).toContain("did not end within their time limit");
});

test("a suite that was red before is not said to be this change's fault", () => {
  const red = { name: "red", file: null, base: "failed", baseWithTests: "failed", head: "failed" } as const;
  const { summary } = checkReport(
    verified({ tests: [red, { ...red, name: "moody", head: "passed", flaky: true }] }),
  );
  expect(summary).toContain(
    "The suite was red before this change: 2 failed before, 1 of them after, 1 flaky.\n\nFlaky, so they prove nothing and break nothing: `moody`.",
  );
});
