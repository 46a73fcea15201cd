import type { GitHubAccess } from "./access.ts";
import { orProblem, statusOf } from "./errors.ts";

/**
 * The commit from which `head` went its own way, or null if it shares no history with `base`. Both are full SHAs; `head` may
 * be a fork's.
 */
export function mergeBase(access: GitHubAccess, base: string, head: string): Promise<string | null> {
  const { octokit, repository } = access;
  return orProblem(access, async () => {
    try {
      // Of the commits in between none is of interest.
      const range = { basehead: `${base}...${head}`, per_page: 1 };
      const { data } = await octokit.rest.repos.compareCommitsWithBasehead({ ...repository, ...range });
      return data.merge_base_commit.sha;
    } catch (error) {
      if (statusOf(error) === 404) return null;
      throw error;
    }
  });
}
