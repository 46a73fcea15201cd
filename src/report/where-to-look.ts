import type { ChangedFile } from "../verify/changed-files.ts";
import { isTestPath } from "../verify/test-files.ts";
import { type Finding, protectedPath, type TestEvidence } from "../verify/types.ts";
import { count } from "./figures.ts";
import { type Links, type Place, placeLink } from "./links.ts";
import { sensitiveIn } from "./sensitive-code.ts";
import { type Stretch, stretchesOf } from "./stretches.ts";

/** A place in the change to read before the others, and why. */
export interface LookAt extends Place {
  readonly reasons: readonly string[];
}

export interface Change {
  readonly changes: readonly ChangedFile[];
  readonly findings: readonly Finding[];
  readonly tests: readonly TestEvidence[];
}

const most = 5;
const largeLines = 40;
const deletedLines = 10;
const unread =
  /\.(md|markdown|rst|adoc|txt|lock|snap|svg|csv|map)$|\.min\.\w+$|(^|\/)(package-lock\.json|pnpm-lock\.yaml|go\.sum)$/i;

/**
 * Where a reviewer looks first: at most five places, by facts that can be checked. In this order: protected paths, what a gate blocks
 * or the review finds, what no test notices, what touches security, much new code, deleted code; where nothing of it applies, the largest part.
 */
export function whereToLook({ changes, findings, tests }: Change): LookAt[] {
  const testFiles = new Set(tests.map(({ file }) => file));
  const isTest = (file: string) => isTestPath(file) || testFiles.has(file);
  const places = changes.flatMap((file) =>
    stretchesOf(file).map((stretch, index) => ({
      stretch,
      facts: [
        ...findingFacts(stretch, index === 0, findings),
        ...(isTest(file.path) || unread.test(file.path) ? [] : codeFacts(file, stretch)),
      ].toSorted((a, b) => a.rank - b.rank),
    })),
  );
  const telling = places.filter(({ facts }) => facts.length > 0);
  const first = ({ facts }: (typeof places)[number]) => facts[0]?.rank ?? 0;
  const order = telling.toSorted(
    (a, b) => first(a) - first(b) || b.facts.length - a.facts.length || b.stretch.lines - a.stretch.lines,
  );
  if (order.length > 0) {
    const reasons = (facts: readonly Fact[]) => [...new Set(facts.map(({ why }) => why))].slice(0, 3);
    return order.slice(0, most).map(({ stretch, facts }) => ({ ...stretch.place, reasons: reasons(facts) }));
  }
  const source = places.filter(
    ({ stretch }) => !isTest(stretch.place.file) && !unread.test(stretch.place.file),
  );
  const [largest] = (source.length > 0 ? source : places).toSorted(
    (a, b) => b.stretch.lines - a.stretch.lines,
  );
  if (largest === undefined) return [];
  return [{ ...largest.stretch.place, reasons: ["the largest part of the change"] }];
}

/** The same as a list, each place linked to its lines. */
export function lookList(places: readonly LookAt[], links: Links | null): string {
  if (places.length === 0) return "";
  const lines = places.map((place) => `- ${placeLink(place, links)}: ${place.reasons.join(", ")}`);
  return `### Where to look first\n\n${lines.join("\n")}`;
}

/** A reason to look, and how much it weighs: the smallest first. */
interface Fact {
  readonly rank: number;
  readonly why: string;
}

function findingFacts(stretch: Stretch, isFirst: boolean, findings: readonly Finding[]): Fact[] {
  return findings
    .filter((finding) => isAt(finding, stretch, isFirst))
    .flatMap((finding): Fact[] => {
      if (finding.gate === protectedPath) return [{ rank: -1, why: "a protected path" }];
      if (finding.weight === "blocking") return [{ rank: 0, why: "a blocking finding" }];
      if (finding.review !== undefined && finding.review.severity !== "low")
        return [{ rank: 0, why: `a ${finding.review.severity} finding of the review` }];
      if (finding.gate === "not-covered") return [{ rank: 1, why: "no test that was tried notices it" }];
      if (finding.gate === "not-tried") return [{ rank: 2, why: "not tried whether a test notices it" }];
      return [];
    });
}

/** A finding about a whole file counts for its first place. */
function isAt({ file, line, endLine }: Finding, stretch: Stretch, isFirst: boolean): boolean {
  if (file !== stretch.place.file) return false;
  if (line === null) return isFirst;
  return line <= stretch.to && (endLine ?? line) >= stretch.from;
}

function codeFacts({ path, status }: ChangedFile, { added, removed }: Stretch): Fact[] {
  const sensitive = sensitiveIn(path, added).map((why) => ({ rank: 3, why }));
  const size = added.length + removed.length;
  if (status === "deleted") return [...sensitive, { rank: 5, why: "the file is deleted" }];
  if (removed.length >= deletedLines && removed.length > 2 * added.length)
    return [...sensitive, { rank: 5, why: `${count(removed.length, "line")} deleted` }];
  return size >= largeLines ? [...sensitive, { rank: 4, why: `${size} lines` }] : sensitive;
}
