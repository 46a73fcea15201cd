import { hunksBetween } from "../verify/gates/hunks.ts";
import { readFile } from "../workspace/read-file.ts";
import type { FileChange, Repository } from "../workspace/types.ts";
import type { Located } from "./fresh.ts";
import type { Complaint } from "./linter.ts";

/** Files that are read for one linter's sake; in more than that nobody looks for what is new. */
const mostFiles = 500;

/** Finds the lines that complaints are about, in one tree. One about a file that it does not have is left out. */
export function openLocator(repository: Repository, tree: string) {
  const texts = new Map<string, Promise<string[] | null>>();
  const read = (path: string): Promise<string[] | null> => {
    const lines =
      texts.get(path) ?? readFile(repository, tree, path).then((text) => text?.split("\n") ?? null);
    texts.set(path, lines);
    return lines;
  };
  return async (complaints: readonly Complaint[]): Promise<Located[]> => {
    const located = new Map<string, Located>();
    for (const one of complaints) {
      if (texts.size >= mostFiles && !texts.has(one.file)) continue;
      const lines = await read(one.file);
      const text = one.line === null ? "" : lines?.[one.line - 1]?.trim();
      // A library and its tests are two programs, of which each says the same.
      if (text !== undefined && lines !== null)
        located.set(JSON.stringify([one.file, one.line, one.rule, one.message]), { ...one, text });
    }
    return [...located.values()];
  };
}

/** The lines that a change adds, by file and number. */
export async function addedLines(
  repository: Repository,
  baseTree: string,
  headTree: string,
  changes: readonly FileChange[],
): Promise<Map<string, Map<number, string>>> {
  const added = new Map<string, Map<number, string>>();
  for (const { path, status, mode, binary } of changes) {
    if (status === "deleted" || binary || !mode.startsWith("100")) continue;
    const before = status === "added" ? "" : ((await readFile(repository, baseTree, path)) ?? "");
    const hunks = hunksBetween(before, (await readFile(repository, headTree, path)) ?? "");
    added.set(path, new Map(hunks.flatMap((hunk) => hunk.added.map(({ line, text }) => [line, text]))));
  }
  return added;
}
