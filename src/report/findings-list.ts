import { dependencyUnknown, type Finding, protectedPath } from "../verify/types.ts";
import { count, upTo } from "./figures.ts";
import { inertLine } from "./inert.ts";
import { type Links, placeLink } from "./links.ts";

/** How many findings are shown before the rest is only counted. */
const shown = 8;

/** What is to be said of a change: protected paths first, then what blocks, then new dependencies and other remarks; or nothing. */
export function findingsList(findings: readonly Finding[], links: Links | null = null): string {
  if (findings.length === 0) return "";
  const more = findings.length - shown;
  const lines = [
    ...inOrder(findings)
      .slice(0, shown)
      .map((finding) => findingLine(finding, links)),
    ...(more > 0 ? [`- and ${count(more, "more finding")}`] : []),
  ];
  return `### Findings\n\n${lines.join("\n")}`;
}

/** All of them, line by line, up to a few hundred, where the list above does not show them all. */
export function allFindings(findings: readonly Finding[], links: Links | null): string[] {
  if (findings.length <= shown) return [];
  const line = (finding: Finding) => findingLine(finding, links);
  return upTo(inOrder(findings), line, (left) => `- and ${count(left, "more finding")}`);
}

function inOrder(findings: readonly Finding[]): Finding[] {
  return findings.toSorted((a, b) => rank(a) - rank(b));
}

/** Among the remarks, what is new in the project's dependencies stands first, the doubtful before the rest. */
function rank({ gate, weight }: Finding): number {
  if (gate === protectedPath) return 0;
  if (gate === dependencyUnknown) return 1;
  if (weight === "blocking") return 2;
  const doubt = ["dependency-young", "dependency-near-name", "dependency-unchecked", "dependency-added"];
  return 3 + (doubt.includes(gate) ? doubt.indexOf(gate) : doubt.length);
}

function findingLine(finding: Finding, links: Links | null): string {
  const isProtected = finding.gate === protectedPath;
  const weight = finding.weight === "blocking" ? "**Blocking**" : isProtected ? "**Protected**" : "Look at";
  const place = finding.file === "" ? "" : ` ${placeLink(finding, links)}`;
  return `- ${weight}${place}: ${inertLine(finding.reason, 300)}`;
}
