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
