import { Problem } from "../log/problem.ts";
import { changesBetween } from "./changes-between.ts";
import { modesAt } from "./list-files.ts";
import { type Protection, withoutProtected } from "./protected.ts";
import { changeLimits } from "./snapshot.ts";
import { treeWith } from "./tree-with.ts";
import type { Dropped, FileChange, Repository } from "./types.ts";

export interface ChangeSinceOptions {
  /** The tree that the draft starts from. */
  readonly base: string;
  /** The snapshot right after setup. */
  readonly before: string;
  /** The snapshot after the agent's work. */
  readonly after: string;
  /** What the repository protects and allows. */
  readonly protection: Protection;
}

export interface ChangeSince {
  /** `base` plus `changes`; `base` itself if there are none. */
  readonly tree: string;
  /** Between `base` and `tree`. */
  readonly changes: FileChange[];
  readonly dropped: Dropped[];
  /** Protected paths that it changes, since the repository allows that. */
  readonly opened: readonly string[];
}

/**
 * What the agent changed, put onto `base`: what setup left behind stays out, and so does what a draft may not hold
 * (protected paths, new symlinks, submodules). New files are never executable; a file that was keeps its mode.
 */
export async function changeSince(repository: Repository, options: ChangeSinceOptions): Promise<ChangeSince> {
  const { base, before, after } = options;
  const made = await changesBetween(repository, before, after);
  if (made.length > changeLimits.files)
    throw new Problem("change-too-many-files", { files: made.length, limit: changeLimits.files });
  const { kept, dropped, opened } = withoutProtected(made, options.protection);
  const oldModes = await modesAt(repository, before, kept);

  const normal: FileChange[] = [];
  for (const change of kept) {
    const oldMode = oldModes.get(change.path);
    const reason = refusal(change, oldMode);
    if (reason) dropped.push({ path: change.path, reason });
    else normal.push(change.mode.startsWith("100") ? { ...change, mode: fileMode(oldMode) } : change);
  }
  const tree = await treeWith(repository, base, normal);
  const changes = await changesBetween(repository, base, tree);
  const changed = new Set(changes.map(({ path }) => path));
  return { tree, changes, dropped, opened: opened.filter((path) => changed.has(path)) };
}

const fileMode = (oldMode: string | undefined) => (oldMode === "100755" ? "100755" : "100644");

function refusal(change: FileChange, oldMode: string | undefined): Dropped["reason"] | null {
  if (change.mode === "160000" || oldMode === "160000") return "submodule";
  if (change.blob !== null && change.mode === "120000") return "symlink";
  return null;
}
