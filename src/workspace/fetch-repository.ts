import { randomUUID } from "node:crypto";
import { rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Problem } from "../log/problem.ts";
import { requirePlainCommit, requirePlainNames } from "./names.ts";
import { commitAt, label, openRemote, type RemoteOptions } from "./remote.ts";
import { requireModest } from "./require-modest.ts";
import type { Repository } from "./types.ts";

export interface FetchOptions extends RemoteOptions {
  readonly branch: string;
  /** Commits that are to be at hand too, if the server still has them. */
  readonly also?: readonly string[];
}

const headRef = "refs/firstdraft/head";
const alsoRef = "refs/firstdraft/also-";

/**
 * Fetches the tip of one branch, and commits besides, without history. Throws `repository-empty`, `branch-missing`, and
 * beyond `maxMib` `repository-fetch-too-large` or `commit-too-large`.
 */
export async function fetchRepository(options: FetchOptions): Promise<Repository> {
  const { name, branch, also = [] } = options;
  requirePlainNames(name, branch);
  const remote = await openRemote(options);
  await remote.fetch([`+refs/heads/${branch}:${headRef}`]).catch(async (error: unknown) => {
    if (!(error instanceof Problem) || error.code !== "branch-missing") throw error;
    const repository = label(name);
    throw (await remote.isEmpty())
      ? new Problem("repository-empty", { repository })
      : new Problem("branch-missing", { repository, branch });
  });
  const { commit, tree } = await commitAt(remote.gitDir, headRef);
  await requireModest({ gitDir: remote.gitDir, tree, repository: label(name) }, options.maxMib);
  await remember(remote.cache, commit);
  // One by one: of several a server that misses one sends none.
  for (const other of new Set(also)) {
    requirePlainCommit(other);
    if (other === commit) continue;
    await remote.fetch([`+${other}:${alsoRef}${other}`]).catch((error: unknown) => {
      if (!(error instanceof Problem) || error.code !== "commit-gone") throw error;
    });
  }
  return { gitDir: remote.gitDir, commit, tree, branch };
}

async function remember(cache: string, commit: string): Promise<void> {
  const draft = join(cache, `previous-${randomUUID()}`);
  await writeFile(draft, `${commit}\n`);
  await rename(draft, join(cache, "previous"));
}
