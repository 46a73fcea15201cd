import type { GitHubAccess } from "./access.ts";
import { type Attempt, readAttempts } from "./attempts.ts";
import { orProblem, statusOf } from "./errors.ts";
import type { PullRequest } from "./pull-request.ts";

/** The attempt that a pull request shows. */
export interface ShownAttempt {
  readonly number: number;
  readonly commit: string;
  /** The commit that it was proved against. */
  readonly base: string;
  /** The pull request's text: verdict and findings first. */
  readonly body: string;
  /** The attempts that came after it, and are not shown since they came to less. */
  readonly later: readonly Pick<Attempt, "number" | "verdict">[];
}

/** Reads which attempt a pull request shows; null where it says none, or GitHub no longer has its commit. */
export async function readShownAttempt(
  access: GitHubAccess,
  pullRequest: PullRequest | null,
): Promise<ShownAttempt | null> {
  const { publishedHead: commit = null, attempt: number = 0, body = "", issue = null } = pullRequest ?? {};
  if (commit === null || issue === null) return null;
  const attempts = await readAttempts(access, issue);
  const base = attempts.find((one) => one.commit === commit)?.base ?? (await parentOf(access, commit));
  if (base === null) return null;
  const later = attempts
    .filter((one) => one.number > number)
    .map(({ number, verdict }) => ({ number, verdict }));
  return { number, commit, base, body, later };
}

/** Where no attempt could be kept: each is one commit on top of its base. */
function parentOf({ octokit, repository }: GitHubAccess, commit: string): Promise<string | null> {
  return orProblem({ repository }, async () => {
    try {
      const { data } = await octokit.rest.git.getCommit({ ...repository, commit_sha: commit });
      return data.parents[0]?.sha ?? null;
    } catch (error) {
      if (statusOf(error) === 404) return null;
      throw error;
    }
  });
}
