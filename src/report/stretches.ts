import type { ChangedFile } from "../verify/changed-files.ts";
import type { Place } from "./links.ts";

/** Hunks so close to each other that a reviewer reads them as one. */
export interface Stretch extends Place {
  readonly line: number;
  readonly endLine: number;
  readonly side: "base" | "head";
  readonly added: readonly string[];
  readonly removed: readonly string[];
  /** How many lines it adds and removes. */
  readonly lines: number;
}

const near = 4;

/** The stretches of a changed file, from its top. What only deletes has its place in the base. */
export function stretchesOf({ path: file, hunks }: ChangedFile): Stretch[] {
  const stretches: Stretch[] = [];
  for (const hunk of hunks) {
    const side = hunk.added.length > 0 ? "head" : "base";
    const place = side === "head" ? hunk.added : hunk.removed;
    const line = place[0]?.line ?? 1;
    const added = hunk.added.map(({ text }) => text);
    const removed = hunk.removed.map(({ text }) => text);
    const endLine = place.at(-1)?.line ?? line;
    const before = stretches.at(-1);
    const joins = before !== undefined && before.side === side && line - before.endLine <= near;
    const one = { file, side, line, endLine, added, removed, lines: added.length + removed.length } as const;
    if (joins) stretches.splice(-1, 1, joined(before, one));
    else stretches.push(one);
  }
  return stretches;
}

function joined(a: Stretch, b: Stretch): Stretch {
  const [added, removed] = [
    [...a.added, ...b.added],
    [...a.removed, ...b.removed],
  ];
  return { ...a, endLine: b.endLine, added, removed, lines: added.length + removed.length };
}
