import type { GitHubAccess } from "../github/access.ts";
import type { Attempt } from "../github/attempts.ts";
import { orProblem } from "../github/errors.ts";
import type { PullRequest } from "../github/pull-request.ts";

/** As a trailer, in each commit that corrects what checks found: how often that was tried stands on GitHub alone. */
const correction = /^Firstdraft-Checks: /m;

/** How many corrections a draft has had: those on its branch, and those of its head that came to less and stand beside it. */
export async function corrections(
  { octokit, repository }: GitHubAccess,
  { base, headSha }: PullRequest,
  attempts: readonly Attempt[],
): Promise<number> {
  return orProblem({ repository }, async () => {
    const range = { basehead: `${base.branch}...${headSha}`, per_page: 100 };
    const { data } = await octokit.rest.repos.compareCommitsWithBasehead({ ...repository, ...range });
    const beside = [];
    for (const { commit } of attempts.filter(({ revises }) => revises === headSha))
      beside.push((await octokit.rest.git.getCommit({ ...repository, commit_sha: commit })).data);
    const all = [...data.commits.map(({ commit }) => commit), ...beside];
    return all.filter(({ message }) => correction.test(message)).length;
  });
}
