import { expect, test } from "@jest/globals";
import { findingAnnotations } from "../../src/report/annotations.ts";
import { evidenceDetails } from "../../src/report/evidence-details.ts";
import { findingsList } from "../../src/report/findings-list.ts";
import { sarif } from "../../src/report/sarif.ts";
import { verificationText } from "../../src/report/text.ts";
import type { Finding, LinterRun } from "../../src/verify/types.ts";
import { verified } from "../helpers/verification.ts";

const complaint = (line: number | null, more: Partial<NonNullable<Finding["lint"]>> = {}): Finding => ({
  ...{ gate: "linter", weight: "remark", file: "a.js", line, reason: `eslint: words ${line} (no-x)` },
  lint: { linter: "eslint", rule: "no-x", severity: "error", fingerprint: `print-${line}`, ...more },
});
const skipped: Finding = { gate: "x", weight: "blocking", file: "b.js", line: 1, reason: "Skipped." };

test("few complaints stand one by one after what is graver, many as counts, and all in a fold of their own", () => {
  expect(
    findingsList([complaint(1), complaint(2), skipped])
      .split("\n")
      .slice(2),
  ).toEqual([
    "- **Blocking** `b.js:1`: Skipped.",
    "- Linter `a.js:1`: eslint: words 1 (no-x)",
    "- Linter `a.js:2`: eslint: words 2 (no-x)",
  ]);
  const prettier = complaint(null, { linter: "prettier", rule: null });
  const many = [complaint(1), complaint(2), complaint(3), prettier, skipped];
  expect(findingsList(many).split("\n").slice(2)).toEqual([
    "- **Blocking** `b.js:1`: Skipped.",
    "- Linters: 4 new complaints (eslint 3, prettier 1)",
  ]);
  const [all, fold] = evidenceDetails(verified({ findings: many }));
  expect(all).toMatchObject({ summary: "All findings (1)", pieces: [] });
  expect(fold?.summary).toBe("The project's own linters: 4 new complaints (eslint 3, prettier 1)");
  expect(fold?.pieces).toHaveLength(4);
});

test("how each linter ended is said, on a screen too", () => {
  const run = (name: string, result: LinterRun["result"], found = 0, folder = "") => ({
    ...{ name, result, found, folder },
  });
  const linters = [
    run("eslint", "compared", 1, "web"),
    ...[run("prettier", "compared"), run("ruff", "missing"), run("mypy", "late")],
    ...[run("gofmt", "unusable"), run("tsc", "broken")],
  ];
  const lines = [
    "eslint in web: 1 new complaint",
    "prettier: no new complaint",
    "ruff: configured, but not installed where the tests run",
    "mypy: not run to its end, the time for linters was over",
    "gofmt: does not run at the base, or the base does not hold to it",
    "tsc: runs at the base, and no longer with this change",
  ];
  const verification = verified({ linters });
  expect(evidenceDetails(verification)[1]?.pieces).toEqual(lines.map((line) => `- ${line}`));
  for (const line of lines) expect(verificationText(verification)).toContain(`  ${line}\n`);
});

test("a linter's words act nowhere", () => {
  const hostile = {
    ...complaint(1),
    reason: "eslint: <img src=x> ![a](https://evil.example/x) @acme/all fixes #1 \u001b]0;x\u0007",
  };
  const list = findingsList([hostile]);
  expect(list).toContain("`<img src=x>`");
  expect(list).toContain("`https://evil.example/x`");
  expect(list).toContain("`@acme/all`");
  expect(list).toContain("`#1`");
  expect(list).not.toContain("\u001b");
  const [note] = findingAnnotations([hostile], () => true);
  expect(note?.message).not.toContain("\u001b");
});

test("annotations warn of errors, and SARIF has a run for each linter", () => {
  const warning = complaint(2, { severity: "warning" });
  const levels = findingAnnotations([warning, complaint(1)], () => true).map(({ level }) => level);
  expect(levels).toEqual(["warning", "notice"]);
  const { runs } = JSON.parse(
    JSON.stringify(sarif([warning, complaint(null, { linter: "prettier", rule: null })])),
  );
  expect(runs).toHaveLength(3);
  expect(runs[1]).toMatchObject({
    tool: { driver: { name: "eslint", rules: [{ id: "no-x", name: "no-x" }] } },
    results: [{ level: "warning", partialFingerprints: { "firstdraft/v1": "print-2" } }],
  });
  expect(runs[2]).toMatchObject({
    tool: { driver: { name: "prettier", rules: [{ id: "prettier" }] } },
    results: [{ locations: [{ physicalLocation: { region: { startLine: 1, endLine: 1 } } }] }],
  });
});
