import { createHash } from "node:crypto";
import { mkdir, rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import { git } from "./git.ts";
import type { Repository } from "./types.ts";

/**
 * Writes the plain files of `tree` into `folder`, which is made if need be and should be empty: no `.git`, executable
 * bits and symlinks as in the tree, submodules as empty folders, LFS pointers as they are.
 */
export async function checkout(repository: Repository, tree: string, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await rm(indexOf(repository, folder), { force: true });
  await git(["read-tree", "--reset", "-u", tree], workTree(repository, folder));
}

/** A call of git on `folder`, with git's own files all outside of it. */
export function workTree(repository: Repository, folder: string) {
  return {
    gitDir: repository.gitDir,
    cwd: folder,
    env: { GIT_WORK_TREE: resolve(folder), GIT_INDEX_FILE: indexOf(repository, folder) },
  };
}

/** Remembers what was checked out to `folder`, so that a snapshot reads only files that differ. */
export function indexOf(repository: Repository, folder: string): string {
  return join(
    repository.gitDir,
    `index-${createHash("sha256").update(resolve(folder)).digest("hex").slice(0, 16)}`,
  );
}
