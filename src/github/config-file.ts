import { configPath } from "../config/types.ts";
import type { GitHubAccess } from "./access.ts";
import { orProblem, statusOf } from "./errors.ts";

/** The text of the repository's configuration on its default branch, or null if it has none. */
export function readConfigFile({ octokit, repository }: GitHubAccess): Promise<string | null> {
  return orProblem({ repository }, async () => {
    try {
      const { data } = await octokit.rest.repos.getContent({ ...repository, path: configPath });
      return "content" in data ? Buffer.from(data.content, "base64").toString() : null;
    } catch (error) {
      if (statusOf(error) === 404) return null;
      throw error;
    }
  });
}
