import { structuredPatch } from "diff";

/** One line of a file, counted from 1. */
export interface Line {
  readonly line: number;
  readonly text: string;
}

/** Lines that were replaced by others at one place. */
export interface Hunk {
  /** Line of the new text where the added ones stand, or would. */
  readonly at: number;
  readonly removed: readonly Line[];
  readonly added: readonly Line[];
}

/** Beyond this many edits two texts have little in common, and comparing them costs quadratic time. */
const maxEditLength = 1_000;

/** Where two texts differ, line by line; texts with little in common by which lines the other one has not, wherever they stand. */
export function hunksBetween(before: string, after: string): Hunk[] {
  const patch = structuredPatch("", "", before, after, "", "", { context: 0, maxEditLength });
  if (patch === undefined) return byLines(before.split("\n"), after.split("\n"));
  return patch.hunks.map(({ oldStart, newStart, lines }) => {
    const side = (sign: string) => lines.filter((line) => line.startsWith(sign)).map((line) => line.slice(1));
    return { at: newStart, removed: numbered(side("-"), oldStart), added: numbered(side("+"), newStart) };
  });
}

/** In one pass: runs of lines that only one of the texts has, or has more often. The n-th run of one belongs to that of the other. */
function byLines(before: readonly string[], after: readonly string[]): Hunk[] {
  const [removed, added] = [runsWithout(before, after), runsWithout(after, before)];
  return Array.from({ length: Math.max(removed.length, added.length) }, (_, index) => {
    const [was, is] = [removed[index] ?? [], added[index] ?? []];
    return { at: is[0]?.line ?? after.length, removed: was, added: is };
  });
}

/** The lines of `lines` that are not among `others`, each of which counts once, as runs of neighbours. */
function runsWithout(lines: readonly string[], others: readonly string[]): Line[][] {
  const left = new Map<string, number>();
  for (const text of others) left.set(text, (left.get(text) ?? 0) + 1);
  const runs: Line[][] = [];
  let isRun = false;
  for (const line of numbered(lines, 1)) {
    const count = left.get(line.text) ?? 0;
    left.set(line.text, count - 1);
    if (count <= 0 && isRun) runs.at(-1)?.push(line);
    else if (count <= 0) runs.push([line]);
    isRun = count <= 0;
  }
  return runs;
}

function numbered(lines: readonly string[], from: number): Line[] {
  return lines.map((text, index) => ({ line: from + index, text }));
}
