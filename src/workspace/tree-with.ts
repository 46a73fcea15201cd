import { randomUUID } from "node:crypto";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { git } from "./git.ts";
import type { FileChange, Repository } from "./types.ts";

/** The tree SHA of `base` with `changes` made to it. */
export async function treeWith(
  repository: Repository,
  base: string,
  changes: readonly Pick<FileChange, "path" | "mode" | "blob">[],
): Promise<string> {
  if (changes.length === 0) return base;
  const index = join(repository.gitDir, `index-${randomUUID()}`);
  const call = { gitDir: repository.gitDir, env: { GIT_INDEX_FILE: index } };
  // deletions first, so that a folder may take the place of a file
  const ordered = [...changes].sort((a, b) => Number(a.blob !== null) - Number(b.blob !== null));
  const input = ordered.map(indexLine).join("");
  try {
    await git(["read-tree", base], call);
    await git(["update-index", "-z", "--index-info"], { ...call, input });
    return (await git(["write-tree"], call)).toString().trim();
  } finally {
    await rm(index, { force: true });
  }
}

function indexLine({ path, mode, blob }: Pick<FileChange, "path" | "mode" | "blob">): string {
  return blob === null ? `0 ${"0".repeat(40)}\t${path}\0` : `${mode} ${blob}\t${path}\0`;
}
