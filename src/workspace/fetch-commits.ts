import { requirePlainCommit } from "./names.ts";
import { commitAt, label, openRemote, type RemoteOptions } from "./remote.ts";
import { requireModest } from "./require-modest.ts";
import type { Repository } from "./types.ts";

export interface FetchCommitsOptions extends RemoteOptions {
  /** Full SHAs. By SHA nothing can move meanwhile, and nobody's branch name is needed. */
  readonly base: string;
  readonly head: string;
  /** What to call the branch that the base is on; nothing is fetched by it. */
  readonly branch: string;
}

const baseRef = "refs/firstdraft/base";
const headRef = "refs/firstdraft/head";

/** Fetches two commits, without history: the repository stands at the base. Throws `commit-gone` and as `fetchRepository`. */
export async function fetchCommits(
  options: FetchCommitsOptions,
): Promise<{ readonly repository: Repository; readonly headTree: string }> {
  const { base, head, branch } = options;
  for (const commit of [base, head]) requirePlainCommit(commit);
  const { gitDir, fetch } = await openRemote(options);
  await fetch([`+${base}:${baseRef}`, `+${head}:${headRef}`]);
  const [at, { tree }] = [await commitAt(gitDir, baseRef), await commitAt(gitDir, headRef)];
  for (const each of [at.tree, tree])
    await requireModest({ gitDir, tree: each, repository: label(options.name) }, options.maxMib);
  return { repository: { gitDir, branch, ...at }, headTree: tree };
}
