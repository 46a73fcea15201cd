import { expect, test } from "@jest/globals";
import { sarif } from "../../src/report/sarif.ts";
import type { Finding } from "../../src/verify/types.ts";

const finding = (file: string, line: number, severity: "high" | "medium" | "low"): Finding => ({
  ...{
    gate: "review",
    weight: "remark",
    file,
    line,
    endLine: line + 1,
    reason: "SQL is put together. (CWE-89)",
  },
  review: { rule: `javascript-sql-${severity}`, cwe: 89, severity, fingerprint: `${file}${line}` },
});

// https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning
test("what GitHub's code scanning asks of a SARIF file is there", () => {
  const gate: Finding = {
    gate: "test-skipped",
    weight: "blocking",
    file: "a.js",
    line: 1,
    reason: "Skipped.",
  };
  const missing: Finding = {
    gate: "not-reviewed",
    weight: "remark",
    file: "b.rb",
    line: null,
    reason: "Not reviewed.",
  };
  const found = [finding("src/a b#1.js", 3, "high"), finding("c.js", 1, "medium"), finding("d.js", 9, "low")];
  const written = JSON.parse(JSON.stringify(sarif([gate, ...found, missing])));
  expect(written).toMatchObject({ $schema: expect.stringContaining("sarif-2.1.0"), version: "2.1.0" });
  expect(written.runs).toHaveLength(1);
  const [{ tool, results, invocations }] = written.runs;
  expect(tool.driver).toMatchObject({ name: "firstdraft" });
  expect(results.map(({ level }: { level: string }) => level)).toEqual(["error", "warning", "note"]);
  expect(results[0]).toEqual({
    ruleId: "javascript-sql-high",
    level: "error",
    message: { text: "SQL is put together. (CWE-89)" },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: "src/a%20b%231.js", uriBaseId: "%SRCROOT%" },
          region: { startLine: 3, endLine: 4 },
        },
      },
    ],
    partialFingerprints: { "firstdraft/v1": "src/a b#1.js3" },
  });
  const ids = tool.driver.rules.map(({ id }: { id: string }) => id);
  expect(results.map(({ ruleId }: { ruleId: string }) => ids.includes(ruleId))).toEqual([true, true, true]);
  expect(tool.driver.rules[0]).toMatchObject({
    shortDescription: { text: expect.any(String) },
    fullDescription: { text: expect.any(String) },
    help: { text: expect.any(String) },
    defaultConfiguration: { level: "error" },
    properties: { tags: ["security", "external/cwe/cwe-089"], precision: "high", "security-severity": "8.0" },
  });
  expect(invocations[0].toolExecutionNotifications).toEqual([
    { level: "warning", message: { text: "b.rb: Not reviewed." } },
  ]);
});

test("two findings of one rule share it", () => {
  const written = JSON.parse(JSON.stringify(sarif([finding("a.js", 1, "high"), finding("a.js", 5, "high")])));
  expect(written.runs[0].tool.driver.rules).toHaveLength(1);
  expect(written.runs[0].results).toHaveLength(2);
});
