import type { Finding } from "../verify/types.ts";

/** https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning */
const schema = "https://json.schemastore.org/sarif-2.1.0.json";
const levels = { high: "error", medium: "warning", low: "note" } as const;
/** How GitHub ranks a security finding: over 7.0 is high, over 4.0 medium. */
const scores = { high: "8.0", medium: "5.0", low: "2.0" } as const;

/** What the review finds, and each of the repository's own linters, as SARIF 2.1.0, for code scanning and whatever else reads it. */
export function sarif(findings: readonly Finding[]): Record<string, unknown> {
  const found = findings.flatMap((finding) =>
    finding.review === undefined ? [] : [{ ...finding, review: finding.review }],
  );
  const rules = new Map(found.map(({ review, reason }) => [review.rule, { ...review, reason }]));
  const missing = findings.filter(({ gate, review }) => review === undefined && isOfReview(gate));
  return {
    $schema: schema,
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "firstdraft",
            rules: [...rules.values()].map(({ rule, cwe, severity, reason }) => ({
              id: rule,
              name: rule,
              shortDescription: { text: reason },
              fullDescription: { text: reason },
              help: { text: `${reason} See https://cwe.mitre.org/data/definitions/${cwe}.html` },
              helpUri: `https://cwe.mitre.org/data/definitions/${cwe}.html`,
              defaultConfiguration: { level: levels[severity] },
              properties: {
                tags: ["security", `external/cwe/cwe-${String(cwe).padStart(3, "0")}`],
                precision: "high",
                "security-severity": scores[severity],
              },
            })),
          },
        },
        results: found.map(({ review, ...finding }) => ({
          ruleId: review.rule,
          level: levels[review.severity],
          ...placeOf(finding),
          partialFingerprints: { "firstdraft/v1": review.fingerprint },
        })),
        // What was not looked at is said here too: no result there means nothing.
        invocations: [
          {
            executionSuccessful: true,
            toolExecutionNotifications: missing.map(({ file, reason }) => ({
              level: "warning",
              message: { text: file === "" ? reason : `${file}: ${reason}` },
            })),
          },
        ],
      },
      ...linterRuns(findings),
    ],
  };
}

/** A tool of its own each: that is how code scanning tells them apart. */
function linterRuns(findings: readonly Finding[]) {
  const found = findings.flatMap(({ lint, ...rest }) => (lint === undefined ? [] : [{ ...rest, lint }]));
  return [...Map.groupBy(found, ({ lint }) => lint.linter)].map(([name, complaints]) => ({
    tool: {
      driver: {
        name,
        rules: [...new Set(complaints.map(ruleOf))].map((id) => ({ id, name: id })),
      },
    },
    results: complaints.map(({ lint, ...finding }) => ({
      ruleId: ruleOf({ lint }),
      level: lint.severity,
      ...placeOf(finding),
      partialFingerprints: { "firstdraft/v1": lint.fingerprint },
    })),
  }));
}

const ruleOf = ({ lint }: { readonly lint: NonNullable<Finding["lint"]> }) => lint.rule ?? lint.linter;

function placeOf({ reason, file, line, endLine }: Pick<Finding, "reason" | "file" | "line" | "endLine">) {
  const region = { startLine: line ?? 1, endLine: endLine ?? line ?? 1 };
  const artifactLocation = { uri: uriOf(file), uriBaseId: "%SRCROOT%" };
  return {
    message: { text: reason },
    locations: [{ physicalLocation: { artifactLocation, region } }],
  };
}

const isOfReview = (gate: string) => gate === "review" || gate === "not-reviewed";
const uriOf = (file: string) => file.toWellFormed().split("/").map(encodeURIComponent).join("/");
