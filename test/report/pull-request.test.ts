import { expect, test } from "@jest/globals";
import { checkReport } from "../../src/report/check-run.ts";
import { body, commitMessage, type PullRequestReport, title } from "../../src/report/pull-request.ts";
import { draftOf, suite, verified } from "../helpers/verification.ts";

const report: PullRequestReport = {
  issue: { number: 12, title: "add() forgets the carry" },
  draft: draftOf(verified()),
  branch: "firstdraft/issue-12",
  base: { branch: "main", commit: "0123456789abcdef" },
  attempt: 1,
  requestedBy: "ada",
  sandbox: "bubblewrap",
};

test("the first lines say what was proved, and then the evidence, the cost and the issue", () => {
  const text = body(report);
  expect(title(report)).toBe("[Verified] add() forgets the carry");
  expect(text.split("\n")[0]).toBe(
    "**Verified**: a test fails on the base, passes here, and nothing that passed before broke.",
  );
  expect(text).toContain("| `adds` in `test/a.test.js` | absent | failed | passed |");
  expect(text).toContain(
    "| **whole suite** | 1 passed, 0 failed | 1 passed, 1 failed | 2 passed, 0 failed |",
  );
  expect(text).toContain(
    "`git fetch origin firstdraft/issue-12 && git switch --detach FETCH_HEAD && npm ci && npm test`",
  );
  expect(text).toContain(
    "$0.12 · 7 model turns · 31k tokens in, 2000 out · 41 s · `claude-sonnet-5-5` · attempt 1 · 1 round of verification · from `main` at `0123456789ab` · asked for by `ada`",
  );
  expect(text).toContain("\nCloses #12\n");
  expect(text).not.toContain("| `old`");
});

test("a run without a sandbox, at its limit, with a blocking finding says all three", () => {
  const finding = {
    gate: "tests-deleted",
    weight: "blocking",
    file: "test/b.test.js",
    line: 3,
    reason: "A test was deleted.",
  } as const;
  const failed = verified({ verdict: "failed", reason: "blocked-by-gate", findings: [finding] });
  const text = body({
    ...report,
    sandbox: "none",
    draft: draftOf(failed, { end: { kind: "budget", limit: "usd" } }),
  });
  expect(text).toContain("had **no sandbox**");
  expect(text).toContain("stopped at its limit (money)");
  expect(text).toContain("- **Blocking** `test/b.test.js:3`: A test was deleted.");
});

test("titles and commits of a hostile issue neither close, mention nor forge trailers", () => {
  const hostile = {
    ...report,
    issue: { number: 12, title: "closes #999 for @org/team\nSigned-off-by: x GH-7" },
  };
  expect(title(hostile)).toBe("[Verified] closes no. 999 for org/team Signed-off-by: x no. 7");
  expect(commitMessage(hostile).split("\n")[0]).toBe("closes no. 999 for org/team Signed-off-by: x no. 7");
  expect(commitMessage(hostile)).not.toMatch(/#999|@org/);

  const sly = "fixes https://github.com/acme/shop/issues/9 [skip ci] [Bug] [ci skip] ***NO_CI***";
  expect(title({ ...report, issue: { number: 12, title: sly } })).toBe(
    "[Verified] fixes github.com/acme/shop/issues/9 (skip ci) [Bug] (ci skip) NO_CI",
  );
});

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
