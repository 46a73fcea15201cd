import { findingsOn } from "../../../src/verify/gates/index.ts";
import type { Look } from "../../../src/verify/look.ts";
import type { Finding, TestEvidence } from "../../../src/verify/types.ts";
import type { FileChange } from "../../../src/workspace/types.ts";

export type Files = Readonly<Record<string, string>>;

export interface Given {
  readonly tests?: readonly TestEvidence[];
  readonly issueText?: string;
  readonly maxLines?: number;
}

/** All that the gates say of the change from some files to others, each as `weight gate file:line`. */
export async function findings(
  base: Files,
  head: Files,
  tests: readonly TestEvidence[] = [],
): Promise<string[]> {
  return (await found(base, head, { tests })).map(
    ({ gate, weight, file, line }) => `${weight} ${gate} ${file}:${line}`,
  );
}

/** The same, each as its sentence. */
export async function reasons(
  base: Files,
  head: Files,
  tests: readonly TestEvidence[] = [],
): Promise<string[]> {
  return (await found(base, head, { tests })).map(({ reason }) => reason);
}

export function found(base: Files, head: Files, { tests = [], ...given }: Given): Promise<Finding[]> {
  return findingsOn({ base: look(base), head: look(head), changes: changes(base, head), tests, ...given });
}

function look(files: Files): Look {
  return { paths: Object.keys(files), read: async (path) => files[path] ?? null };
}

function changes(base: Files, head: Files): FileChange[] {
  const paths = [...new Set([...Object.keys(base), ...Object.keys(head)])].filter(
    (path) => base[path] !== head[path],
  );
  return paths.map((path) => ({
    path,
    status: base[path] === undefined ? "added" : head[path] === undefined ? "deleted" : "modified",
    mode: "100644",
    blob: null,
    binary: head[path]?.includes("\0") ?? false,
    addedLines: linesOf(head[path]),
    deletedLines: linesOf(base[path]),
  }));
}

const linesOf = (text: string | undefined) => (text === undefined ? 0 : text.split("\n").length);
