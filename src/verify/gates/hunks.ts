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
const maxEditLength = 5_000;

/** Where two texts differ, line by line; texts with little in common count as replaced as a whole. */
export function hunksBetween(before: string, after: string): Hunk[] {
  const patch = structuredPatch("", "", before, after, "", "", { context: 0, maxEditLength });
  if (patch === undefined)
    return [{ at: 1, removed: numbered(before.split("\n"), 1), added: numbered(after.split("\n"), 1) }];
  return patch.hunks.map(({ oldStart, newStart, lines }) => {
    const side = (sign: string) => lines.filter((line) => line.startsWith(sign)).map((line) => line.slice(1));
    return { at: newStart, removed: numbered(side("-"), oldStart), added: numbered(side("+"), newStart) };
  });
}

function numbered(lines: readonly string[], from: number): Line[] {
  return lines.map((text, index) => ({ line: from + index, text }));
}
