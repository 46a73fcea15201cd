import { randomUUID } from "node:crypto";
import { rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Problem } from "../log/problem.ts";
import { requirePlainNames } from "./names.ts";
import { commitAt, label, openRemote, type RemoteOptions } from "./remote.ts";
import type { Repository } from "./types.ts";

export interface FetchOptions extends RemoteOptions {
  readonly branch: string;
}

const headRef = "refs/firstdraft/head";

/** Fetches the tip of one branch, without history. */
export async function fetchRepository(options: FetchOptions): Promise<Repository> {
  const { name, branch } = options;
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
  await remember(remote.cache, commit);
  return { gitDir: remote.gitDir, commit, tree, branch };
}

async function remember(cache: string, commit: string): Promise<void> {
  const draft = join(cache, `previous-${randomUUID()}`);
  await writeFile(draft, `${commit}\n`);
  await rename(draft, join(cache, "previous"));
}
