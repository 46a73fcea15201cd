import type { ChangedFile } from "../verify/changed-files.ts";
import type { Finding } from "../verify/types.ts";
import type { Remark } from "./report-tool.ts";

/** Lines around a hunk that still count as its place. */
const near = 3;
/** A shorter quote could stand anywhere. */
const leastQuote = 8;

export interface Pointed {
  readonly findings: readonly Finding[];
  /** Remarks that point to nothing that is there. */
  readonly dropped: number;
}

/**
 * The remarks that point to something: a security fault to lines of the change, a thing not done to words of the issue.
 * They stay a model's words, and say so.
 */
export function pointed(remarks: readonly Remark[], changes: readonly ChangedFile[], issue: string): Pointed {
  const found = remarks.map((one) =>
    one.kind === "security" ? securityAt(one, changes) : missingOf(one, issue),
  );
  const findings = found.filter((one) => one !== null);
  return { findings, dropped: found.length - findings.length };
}

function securityAt(
  { file, line, severity, problem }: Remark,
  changes: readonly ChangedFile[],
): Finding | null {
  const changed = changes.find(({ path }) => path === file);
  if (changed === undefined || line === undefined) return null;
  const isThere = changed.hunks.some(({ at, added }) => line >= at - near && line < at + added.length + near);
  if (!isThere) return null;
  const reason = `${severity} severity, by a second session of the model: ${problem}`;
  return { gate: "second-look-security", weight: "remark", file: changed.path, line, reason };
}

function missingOf({ quote, problem }: Remark, issue: string): Finding | null {
  const words = plain(quote ?? "");
  if (words.length < leastQuote || !plain(issue).includes(words)) return null;
  const reason = `The issue says "${quote?.trim()}"; a second session of the model does not find it done: ${problem}`;
  return { gate: "second-look-missing", weight: "remark", file: "", line: null, reason };
}

const plain = (text: string) =>
  text
    .replaceAll(/[\s*_`"'“”‘’]+/g, " ")
    .trim()
    .toLowerCase();
