import { dependencyUnknown, type Finding, protectedPath } from "../verify/types.ts";
import { count, upTo } from "./figures.ts";
import { inertLine } from "./inert.ts";
import { type Links, placeLink } from "./links.ts";
import { byLinters, complaintCounts } from "./linters.ts";

/** How many findings are shown before the rest is only counted. */
const shown = 8;

/** How many complaints of linters are shown one by one: more are counted here, and stand in a fold of their own. */
const shownOfLinters = 3;

/** What is to be said of a change: protected paths, what blocks, what the review finds grave, new dependencies, other remarks. */
export function findingsList(findings: readonly Finding[], links: Links | null = null): string {
  if (findings.length === 0) return "";
  const complaints = byLinters(findings);
  const isMany = complaints.length > shownOfLinters;
  const listed = isMany ? findings.filter(({ lint }) => lint === undefined) : findings;
  const more = listed.length - shown;
  const lines = [
    ...inOrder(listed)
      .slice(0, shown)
      .map((finding) => findingLine(finding, links)),
    ...(isMany ? [`- Linters: ${complaintCounts(complaints)}`] : []),
    ...(more > 0 ? [`- and ${count(more, "more finding")}`] : []),
  ];
  return `### Findings\n\n${lines.join("\n")}`;
}

const names = { high: "**High**", medium: "**Medium**", low: "Low" } as const;

/** All of them, line by line, up to a few hundred, where the list above does not show them all. */
export function allFindings(findings: readonly Finding[], links: Links | null): string[] {
  return findings.length <= shown ? [] : findingLines(findings, links);
}

/** Line by line, up to a few hundred. */
export function findingLines(findings: readonly Finding[], links: Links | null): string[] {
  const line = (finding: Finding) => findingLine(finding, links);
  return upTo(inOrder(findings), line, (left) => `- and ${count(left, "more finding")}`);
}

/** The gravest first. */
export function inOrder(findings: readonly Finding[]): Finding[] {
  return findings.toSorted((a, b) => rank(a) - rank(b));
}

/** Among the remarks, what the review finds grave stands first, then what is new in the project's dependencies, the doubtful first. */
function rank({ gate, weight, review }: Finding): number {
  if (gate === protectedPath) return 0;
  if (gate === dependencyUnknown) return 1;
  if (weight === "blocking") return 2;
  return 3 + order.indexOf(order.find((one) => one === (review?.severity ?? gate)) ?? "other");
}

const order = [
  ...["high", "medium"],
  ...["dependency-young", "dependency-near-name", "dependency-unchecked", "dependency-added"],
  ...["other", "low", "linter", "not-reviewed"],
];

function findingLine(finding: Finding, links: Links | null): string {
  const isProtected = finding.gate === protectedPath;
  const named = finding.lint === undefined ? "Look at" : "Linter";
  const remark = finding.review === undefined ? named : names[finding.review.severity];
  const weight = finding.weight === "blocking" ? "**Blocking**" : isProtected ? "**Protected**" : remark;
  const place = finding.file === "" ? "" : ` ${placeLink(finding, links)}`;
  return `- ${weight}${place}: ${inertLine(finding.reason, 300)}`;
}
