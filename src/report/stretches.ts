import type { ChangedFile } from "../verify/changed-files.ts";
import type { Hunk } from "../verify/gates/hunks.ts";
import type { Place } from "./links.ts";

/** Hunks so close to each other that a reviewer reads them as one. */
export interface Stretch {
  /** Where it is read: what only deletes has its lines in the base. */
  readonly place: Place;
  /** First and last line of the new file, as findings count. */
  readonly from: number;
  readonly to: number;
  readonly added: readonly string[];
  readonly removed: readonly string[];
  /** How many lines it adds and removes. */
  readonly lines: number;
}

/** With fewer lines between them two hunks are one thought; the same for hunks that are taken back. */
const near = 3;

/** The stretches of a changed file, from its top. */
export function stretchesOf({ path, hunks }: ChangedFile): Stretch[] {
  const groups: Hunk[][] = [];
  for (const hunk of hunks) {
    const last = groups.at(-1)?.at(-1);
    if (last !== undefined && hunk.at - (last.at + last.added.length) < near) groups.at(-1)?.push(hunk);
    else groups.push([hunk]);
  }
  return groups.map((group) => stretchOf(path, group));
}

function stretchOf(file: string, hunks: readonly Hunk[]): Stretch {
  const [added, removed] = [hunks.flatMap((hunk) => hunk.added), hunks.flatMap((hunk) => hunk.removed)];
  const side = added.length > 0 ? "head" : "base";
  const shown = side === "head" ? added : removed;
  const from = Math.min(...hunks.map(({ at }) => at));
  const to = Math.max(...hunks.map((hunk) => hunk.at + Math.max(0, hunk.added.length - 1)));
  const line = shown[0]?.line ?? 1;
  return {
    place: { file, side, line, endLine: shown.at(-1)?.line ?? line },
    ...{ from, to, added: added.map(({ text }) => text), removed: removed.map(({ text }) => text) },
    lines: added.length + removed.length,
  };
}
