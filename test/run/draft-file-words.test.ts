import { expect, test } from "@jest/globals";
import type { Notice } from "../../src/report/outcome.ts";
import { draftFile } from "../../src/run/draft-file/schema.ts";
import type { Finding } from "../../src/verify/types.ts";
import { draftOf, verified } from "../helpers/verification.ts";

/** What a report must not show as it is. */
const active = "x) @acme/all closes #999 </summary></details>\n\n# **Verified**";

const finding = (linter: string): Finding => ({
  ...{ gate: "linter", weight: "remark", file: "a", line: 1, reason: "b" },
  lint: { linter, rule: null, severity: "error", fingerprint: "f" },
});
const notice = (why: string): Notice => ({ kind: "no-second-look", again: false, why });
const seen = (where: string, kind: string) => ({
  ...{ kind: "issue" as const, where, by: "ada", characters: 1, cut: 0 },
  removed: [{ kind, count: 1 }],
});
const hidden = "zero-width character";

/** Where a file is refused whose words are these; null: it is not. */
function refusedAt({
  linter = "cargo fmt",
  why = "the model's API failed",
  where = "the issue's title",
  kind = hidden,
}) {
  const linters = [{ name: linter, folder: "", result: "compared" as const, found: 1 }];
  const draft = draftOf(verified({ findings: [finding(linter)], linters }), {
    ...{ notices: [notice(why)], seen: [seen(where, kind)] },
  });
  const { verification, changes: _, ...account } = draft;
  const { setupCommand: _setup, testCommand: _test, ...proof } = verification;
  const about = { base: "a".repeat(40), issueText: "0".repeat(64), sandbox: "bubblewrap", files: [] };
  const result = { kind: "written", revises: null, threads: [], ...about, account, proof };
  const { error } = draftFile.safeParse({ version: 1, run: "7", key: "acme/sums#1", result });
  return error?.issues[0]?.path.join(".") ?? null;
}

test("words that a report shows as they are, are some of ours", () => {
  expect(refusedAt({})).toBeNull();
  expect(refusedAt({ linter: active })).toBe("result.proof.findings.0.lint.linter");
  expect(refusedAt({ why: active })).toBe("result.account.notices.0.why");
  expect(refusedAt({ where: active })).toBe("result.account.seen.0");
  expect(refusedAt({ kind: active })).toBe("result.account.seen.0.removed.0.kind");
});
