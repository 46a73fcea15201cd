import type { GitHubAccess } from "./access.ts";
import { readAttempts } from "./attempts.ts";
import { orProblem } from "./errors.ts";
import { isByApp } from "./publish.ts";
import type { PullRequest } from "./pull-request.ts";

/** A commit on a draft's branch that firstdraft did not make. */
export interface ForeignCommit {
  readonly sha: string;
  /** A login, or the name that the commit gives. */
  readonly author: string;
  /** The first line of its message. */
  readonly title: string;
}

/**
 * The commits on a pull request's branch, and not at `since`, a branch or commit (default: the branch that it is to go into),
 * that firstdraft did not make; oldest first, of the newest hundred. Ours are those that were kept as attempts, the one that the pull request names, and what
 * nobody but our App can have made.
 */
export function foreignCommits(
  access: GitHubAccess,
  pullRequest: PullRequest & { readonly issue: number },
  since: string = pullRequest.base.branch,
): Promise<ForeignCommit[]> {
  const { octokit, repository, login } = access;
  const { branch, headSha, publishedHead, issue } = pullRequest;
  return orProblem(access, async () => {
    const { data } = await octokit.rest.repos.compareCommitsWithBasehead({
      ...{ ...repository, basehead: `${since}...${headSha}`, per_page: 100 },
    });
    const others = data.commits.filter(
      (one) => one.sha !== publishedHead && !isByApp(one, { login, branch }),
    );
    if (others.length === 0) return [];
    const kept = new Set((await readAttempts(access, issue)).map(({ commit }) => commit));
    return others
      .filter(({ sha }) => !kept.has(sha))
      .map(({ sha, author, commit }) => ({
        sha,
        author: author?.login ?? commit.author?.name ?? "ghost",
        title: commit.message.split("\n", 1)[0]?.slice(0, 100) ?? "",
      }));
  });
}
