import { lstat } from "node:fs/promises";
import { join } from "node:path";
import { Problem } from "../log/problem.ts";
import { workTree } from "./checkout.ts";
import { git } from "./git.ts";
import type { Repository } from "./types.ts";

/** What one change may hold; more is a mistake (a build, a data set, a cache), not a first draft. */
export const changeLimits = { files: 5_000, fileBytes: 20 * 1024 * 1024 } as const;

export interface SnapshotOptions {
  /** The tree right after setup: given, the limits of a change apply to what came since. */
  readonly since?: string;
}

/**
 * The tree SHA of the files in `folder`, as git would commit them: without what is ignored, without nested repositories,
 * and without reading any `.git` found there. Nothing may be running in `folder` meanwhile.
 */
export async function snapshot(
  repository: Repository,
  folder: string,
  options: SnapshotOptions = {},
): Promise<string> {
  const call = workTree(repository, folder);
  // a submodule is a folder like any other here, so its entry stays as it is
  const listed = await git(
    ["ls-files", "-z", "--modified", "--deleted", "--others", "--exclude-standard"],
    call,
  );
  const paths = [...new Set(listed.toString().split("\0"))].filter(
    (path) => path !== "" && !path.endsWith("/"),
  );
  if (options.since !== undefined) await requireWithinLimits(folder, paths);
  if (paths.length > 0) {
    const input = `${paths.join("\0")}\0`;
    await git(["update-index", "--add", "--remove", "--replace", "--ignore-submodules", "-z", "--stdin"], {
      ...call,
      input,
    });
  }
  return (await git(["write-tree"], call)).toString().trim();
}

async function requireWithinLimits(folder: string, paths: readonly string[]): Promise<void> {
  if (paths.length > changeLimits.files)
    throw new Problem("change-too-many-files", { files: paths.length, limit: changeLimits.files });
  for (const path of paths) {
    const size = (await lstat(join(folder, path)).catch(() => null))?.size ?? 0;
    if (size > changeLimits.fileBytes) throw new Problem("change-file-too-large", { path, size });
  }
}
