import { createHash } from "node:crypto";
import { plain } from "../log/plain.ts";
import type { Finding } from "../verify/types.ts";
import type { Task } from "./find-linters.ts";
import type { Located } from "./fresh.ts";
import type { Ran } from "./run-linter.ts";

/** Complaints beyond these are counted. */
const shown = 50;
const longest = 300;

export type Told = Located & { readonly linter: string };

/** New complaints as findings, errors first. All that a linter says is a stranger's text. */
export function toFindings(all: readonly Told[], redact: (text: string) => string): Finding[] {
  const order = all.toSorted((a, b) => Number(a.severity === "warning") - Number(b.severity === "warning"));
  const found = order
    .slice(0, shown)
    .map(({ linter, file, line, endLine, rule, message, severity, text }) => {
      const words = oneLine(redact(message));
      const name = rule !== null && /^[\w@/.:-]{1,80}$/.test(rule) ? rule : null;
      return {
        ...{ gate: "linter", weight: "remark" as const, file, line },
        ...(line !== null && endLine !== undefined && endLine > line ? { endLine } : {}),
        reason: `${linter}: ${words}${name === null ? "" : ` (${name})`}`,
        lint: { linter, rule: name, severity, fingerprint: fingerprintOf([linter, name, file, text]) },
      };
    });
  const more = all.length - shown;
  if (more <= 0) return found;
  const reason = `The repository's own linters have ${more} more new complaints.`;
  return [...found, { gate: "linter", weight: "remark", file: "", line: null, reason }];
}

/** What runs at the base and no longer runs with the change. */
export function brokenFinding(
  { linter: { name }, folder }: Task,
  { code, words }: Extract<Ran, { kind: "broken" }>,
  redact: (text: string) => string,
): Finding {
  const last = oneLine(redact(words)).slice(-200);
  const end = code === null ? "was stopped" : `ended with exit code ${code}`;
  const reason = `With this change ${name} does not come to its end (it ${end}), and without it it does${last === "" ? "" : `: ${last}`}`;
  return { gate: "linter-broken", weight: "remark", file: folder, line: null, reason };
}

const oneLine = (text: string) => plain(text).replace(/\s+/g, " ").trim().slice(0, longest);

function fingerprintOf(parts: readonly (string | null)[]): string {
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 32);
}
