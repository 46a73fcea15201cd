import type { GitHubAccess } from "../github/access.ts";
import type { Attempt } from "../github/attempts.ts";
import { orProblem } from "../github/errors.ts";
import type { PullRequest } from "../github/pull-request.ts";

/** As a trailer, in each commit that corrects what checks found: how often that was tried stands on GitHub alone. */
const correction = /^Firstdraft-Checks: /m;

export interface Corrections {
  /** How many a draft has had: those on its branch, and those of its head that stand beside it. */
  readonly made: number;
  /** The attempt that corrects its very head and is not shown; null: there is none. */
  readonly beside: number | null;
}

/** What was done of a draft's checks by now, by its commits and the attempts that were kept. */
export async function corrections(
  { octokit, repository }: GitHubAccess,
  { base, headSha }: PullRequest,
  attempts: readonly Attempt[],
): Promise<Corrections> {
  return orProblem({ repository }, async () => {
    const range = { basehead: `${base.branch}...${headSha}`, per_page: 100 };
    const { data } = await octokit.rest.repos.compareCommitsWithBasehead({ ...repository, ...range });
    const onBranch = data.commits.filter(({ commit }) => correction.test(commit.message));
    const beside = [];
    for (const { commit, number } of attempts.filter(({ revises }) => revises === headSha)) {
      const { message } = (await octokit.rest.git.getCommit({ ...repository, commit_sha: commit })).data;
      if (correction.test(message)) beside.push(number);
    }
    return { made: onBranch.length + beside.length, beside: beside.at(-1) ?? null };
  });
}
