import type { Finding } from "../types.ts";
import { isArtefact } from "./binary-files.ts";
import type { GateInput } from "./gate.ts";
import { isLockfile } from "./sensitive-files.ts";
import { isSnapshot } from "./snapshots.ts";

/** So many lines, added and deleted, a person can still read in one sitting. */
const readable = 400;

/** A change that is too large to be reviewed at once; what programs write does not count. */
export function changeSize({ changes, maxLines = readable }: GateInput): Finding[] {
  const counted = changes.filter(({ path }) => !isLockfile(path) && !isSnapshot(path) && !isArtefact(path));
  const sizeOf = ({ addedLines, deletedLines }: (typeof counted)[number]) => addedLines + deletedLines;
  const lines = counted.reduce((sum, change) => sum + sizeOf(change), 0);
  const largest = counted.toSorted((one, other) => sizeOf(other) - sizeOf(one))[0];
  if (lines <= maxLines || largest === undefined) return [];
  const reason = `The change has ${lines} added and deleted lines, more than ${maxLines}; most of them are in this file.`;
  return [{ gate: "large-change", weight: "remark", file: largest.path, line: null, reason }];
}
