import type { FileChange } from "../../workspace/types.ts";
import { type Hunk, hunksBetween } from "../gates/hunks.ts";
import { withInlineTests } from "../inline-tests.ts";
import type { Look } from "../look.ts";

/** One place of the source change, and the file as it would be without it. */
export interface SourceHunk {
  readonly path: string;
  readonly mode: string;
  /** Where it stands in the head; null where the head has no such file. */
  readonly line: number | null;
  readonly endLine: number | null;
  /** Lines, added and removed. */
  readonly size: number;
  /** The head's file with this place as the base has it; null: the base has no such file. */
  readonly without: string | null;
}

/** Hunks with so few lines between them are one thought. */
const near = 3;

const code =
  /\.([cm]?[jt]sx?|vue|svelte|py|pyx|go|rs|java|kt|scala|c|cc|cpp|cxx|h|hh|hpp|hxx|rb|php|cs|swift)$/;

/** Lines that do nothing by themselves: blank, a comment, an import. */
const idle = /^\s*($|\/\/|\/\*|\*|"""|'''|import\b|from\s+\S+\s+import\b|use\s|#include\b|package\s|using\s)/;
const hashComment = /\.(py|pyx|rb|php)$/;

/** Every place where a change touches source code that does something, the largest first. */
export async function sourceHunks(
  sources: readonly FileChange[],
  { base, head }: { readonly base: Look; readonly head: Look },
): Promise<SourceHunk[]> {
  const files = sources.filter(({ path, binary }) => !binary && code.test(path) && !path.endsWith(".d.ts"));
  const found = await Promise.all(
    files.map(async (change) => {
      const before = change.status === "added" ? null : ((await base.read(change.path)) ?? "");
      const after = change.status === "deleted" ? null : ((await head.read(change.path)) ?? "");
      return hunksOf(change, before, after);
    }),
  );
  return found.flat().sort((a, b) => b.size - a.size);
}

function hunksOf({ path, mode }: FileChange, before: string | null, after: string | null): SourceHunk[] {
  if (after === null)
    return [{ path, mode, line: null, endLine: null, size: linesIn(before), without: before }];
  if (before === null)
    return [{ path, mode, line: 1, endLine: linesIn(after), size: linesIn(after), without: null }];
  const old = path.endsWith(".rs") ? (withInlineTests(before, after) ?? before) : before;
  return grouped(hunksBetween(old, after).filter((hunk) => doesSomething(path, hunk))).map((hunks) => {
    const [first, last] = [hunks[0] as Placed, hunks.at(-1) as Placed];
    return {
      ...{ path, mode, line: first.from, endLine: Math.max(first.from, last.to - 1) },
      size: hunks.reduce((sum, { hunk }) => sum + hunk.added.length + hunk.removed.length, 0),
      without: takenBack(after, hunks),
    };
  });
}

interface Placed {
  readonly hunk: Hunk;
  /** Line of the head where it begins, and the one after its end. */
  readonly from: number;
  readonly to: number;
}

function grouped(hunks: readonly Hunk[]): Placed[][] {
  const groups: Placed[][] = [];
  for (const hunk of hunks) {
    const placed = { hunk, from: hunk.at, to: hunk.at + hunk.added.length };
    const last = groups.at(-1)?.at(-1);
    if (last !== undefined && placed.from - last.to < near) groups.at(-1)?.push(placed);
    else groups.push([placed]);
  }
  return groups;
}

function takenBack(after: string, hunks: readonly Placed[]): string {
  const lines = after.split("\n");
  for (const { hunk, from } of hunks.toReversed()) {
    lines.splice(from - 1, hunk.added.length, ...hunk.removed.map(({ text }) => text));
  }
  return lines.join("\n");
}

function doesSomething(path: string, { added, removed }: Hunk): boolean {
  const isIdle = (text: string) => idle.test(text) || (hashComment.test(path) && /^\s*#/.test(text));
  return [...added, ...removed].some(({ text }) => !isIdle(text));
}

const linesIn = (text: string | null) => (text ?? "").replace(/\n$/, "").split("\n").length;
