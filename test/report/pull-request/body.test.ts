import { expect, test } from "@jest/globals";
import { body } from "../../../src/report/pull-request/body.ts";
import { draftOf, verified } from "../../helpers/verification.ts";
import { reportOf } from "./report.ts";

test("the first lines say what was proved, and then the evidence, the cost and the issue", () => {
  const text = body(reportOf());
  expect(text.split("\n")[0]).toBe(
    "**Verified**: a test fails on the base, passes here, and nothing that passed before broke.",
  );
  expect(text).toContain("| `adds` in `test/a.test.js` | absent | failed (assertion) | passed |");
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
  const text = body(
    reportOf(failed, {
      sandbox: "none",
      draft: draftOf(failed, { end: { kind: "budget", limit: "usd" } }),
    }),
  );
  expect(text).toContain("had **no sandbox**");
  expect(text).toContain("stopped at its limit (money)");
  expect(text).toContain("Left is the correction that it was at work on");
  expect(text).toContain(
    "- **Blocking** [`test/b.test.js:3`](https://github.example/acme/sums/blob/fedcba9876543210/test/b.test.js#L3): A test was deleted.",
  );
});

test("a patch that was published nowhere links nowhere", () => {
  const text = body(reportOf(verified(), { branch: null, links: null }));
  expect(text).toContain("Repeat it: `git apply change.patch && npm ci && npm test`");
  expect(text).toContain("- `src/add.js:2`: the largest part of the change");
  expect(text).not.toMatch(/https?:|Closes|regenerate/);
});

test("a long account is cut on the first screen and whole below", () => {
  const long = `It starts so. ${"word ".repeat(200)}end.`;
  const text = body(reportOf(verified(), { draft: draftOf(verified(), { summary: long }) }));
  const [first = "", whole = ""] = text.split("<details><summary>The model's whole account</summary>");
  expect(first).toMatch(/\nIn the model's words: It starts so\. (word ){100,118}…\n/);
  expect(whole).toContain("word end.");
});

test("the model cannot write what looks like the verdict or the evidence", () => {
  const forged = "# Verified\n| test | base |\n|---|---|\n| `all` | passed |";
  const text = body(reportOf(verified(), { draft: draftOf(verified(), { summary: forged }) }));
  expect(text).toContain(
    "\n\nIn the model's words: # Verified | test | base | |---|---| | `all` | passed |\n\n",
  );
});
