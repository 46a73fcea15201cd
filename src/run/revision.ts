import type { GitHubAccess } from "../github/access.ts";
import { mergeBase } from "../github/merge-base.ts";
import type { Job } from "../job/job.ts";
import { Problem } from "../log/problem.ts";
import { resolveTree } from "../workspace/open-local-repository.ts";
import type { Repository } from "../workspace/types.ts";
import type { Admission } from "./admit.ts";

/** What a revision goes on from. */
export interface Revision {
  /** The branch's head, whosever its last commit is. */
  readonly commit: string;
  /** The commit of the default branch that it went its own way from: what is proved is all of the pull request. */
  readonly base: string;
}

/** Where a job revises what its pull request holds; null where it begins anew. Throws `branch-unrelated`. */
export async function revisionOf(
  { request }: Job,
  { pullRequest, defaultBranch }: Pick<Admission, "pullRequest" | "defaultBranch">,
  access: GitHubAccess,
): Promise<Revision | null> {
  if ((request.kind !== "revise" && request.kind !== "checks") || pullRequest === null) return null;
  const { headSha: commit, branch } = pullRequest;
  const base = await mergeBase(access, defaultBranch, commit);
  if (base === null) throw new Problem("branch-unrelated", { branch, base: defaultBranch });
  return { commit, base };
}

/** The repository as it was at `commit`, which was fetched. Throws `revision-unknown`. */
export async function standingAt(repository: Repository, commit: string): Promise<Repository> {
  return { ...repository, commit, tree: await resolveTree(repository, commit) };
}
