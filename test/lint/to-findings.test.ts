import { expect, test } from "@jest/globals";
import { type Told, toFindings } from "../../src/lint/to-findings.ts";

const told = (more: Partial<Told> = {}): Told => ({
  ...{ linter: "eslint", file: "a.js", line: 1, rule: "no-x", message: "No x.", text: "x()" },
  ...{ severity: "error", ...more },
});
const redact = (text: string) => text.replaceAll("canary-secret", "***");

test("a linter's words are one short line without secrets and control characters; a rule has a rule's form", () => {
  const [one] = toFindings([told({ message: `a\u001b[31m\nb canary-secret ${"c".repeat(1000)}` })], redact);
  expect(one?.reason).toMatch(/^eslint: a b \*\*\* c+ \(no-x\)$/);
  expect(one?.reason.length).toBeLessThan(330);
  const [odd] = toFindings([told({ rule: "no-x](http://evil.example)" })], redact);
  expect(odd).toMatchObject({ reason: "eslint: No x.", lint: { rule: null } });
});

test("errors stand first, fifty are shown, and the others counted", () => {
  const many = Array.from({ length: 60 }, (_, line) => told({ line: line + 1, severity: "warning" }));
  const findings = toFindings([...many, told({ line: 99 })], redact);
  expect(findings).toHaveLength(51);
  expect(findings[0]).toMatchObject({ line: 99, lint: { severity: "error" } });
  expect(findings.at(-1)?.reason).toBe("The repository's own linters have 11 more new complaints.");
});

test("a fingerprint is the same wherever the line stands, and another for other text", () => {
  const prints = toFindings([told(), told({ line: 7 }), told({ text: "y()" })], redact);
  const [first, moved, other] = prints.map(({ lint }) => lint?.fingerprint);
  expect(moved).toBe(first);
  expect(other).not.toBe(first);
});
