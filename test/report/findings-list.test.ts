import { expect, test } from "@jest/globals";
import { findingAnnotations } from "../../src/report/annotations.ts";
import { findingsList } from "../../src/report/findings-list.ts";
import { graveLine } from "../../src/report/grave.ts";
import { whereToLook } from "../../src/report/where-to-look.ts";
import type { Finding } from "../../src/verify/types.ts";

const gate = (name: string, weight: Finding["weight"], line: number): Finding => ({
  ...{ gate: name, weight, file: "a.js", line, reason: `${name}.` },
});
const rule = (severity: "high" | "medium" | "low", line: number): Finding => ({
  ...gate("review", "remark", line),
  review: { rule: "javascript-sql", cwe: 89, severity, fingerprint: "f" },
});
const mixed = [
  gate("not-reviewed", "remark", 7),
  rule("low", 6),
  gate("change-size", "remark", 5),
  gate("dependency-added", "remark", 4),
  rule("medium", 3),
  rule("high", 2),
  gate("test-skipped", "blocking", 1),
];

test("what blocks comes first, then what the review finds grave, then remarks", () => {
  expect(findingsList(mixed).split("\n").slice(2)).toEqual([
    "- **Blocking** `a.js:1`: test-skipped.",
    "- **High** `a.js:2`: review.",
    "- **Medium** `a.js:3`: review.",
    "- Look at `a.js:4`: dependency-added.",
    "- Look at `a.js:5`: change-size.",
    "- Low `a.js:6`: review.",
    "- Look at `a.js:7`: not-reviewed.",
  ]);
});

test("on the lines a severity is a level, and the gravest are kept where GitHub takes no more", () => {
  const levels = findingAnnotations(mixed, () => true).map(({ line, level }) => `${line} ${level}`);
  expect(levels.slice(0, 3)).toEqual(["2 failure", "1 failure", "3 warning"]);
  expect(levels.slice(3).every((text) => text.endsWith("notice"))).toBe(true);
  expect(findingAnnotations(mixed, () => false)).toEqual([]);
});

test("only a high severity is said beside the verdict; a medium one is a place to look at", () => {
  expect(graveLine(mixed)).toBe("The review of the added lines has 1 finding of high severity.");
  expect(graveLine(mixed.filter(({ review }) => review?.severity !== "high"))).toBeNull();
  const hunks = [{ at: 3, removed: [], added: [{ line: 3, text: "x" }] }];
  const changes = [{ path: "a.js", status: "modified", binary: false, hunks }] as const;
  const [place] = whereToLook({ changes, findings: [rule("medium", 3)], tests: [] });
  expect(place?.reasons).toEqual(["a medium finding of the review"]);
});
