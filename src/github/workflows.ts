import type { GitHubAccess } from "./access.ts";
import { orProblem, unlessRefused } from "./errors.ts";

/** The paths of the workflows on the default branch; none where they cannot be read. */
export function workflowPaths({ octokit, repository }: GitHubAccess): Promise<string[]> {
  return orProblem({ repository }, async () => {
    const path = ".github/workflows";
    const folder = await unlessRefused(octokit.rest.repos.getContent({ ...repository, path }));
    const files = Array.isArray(folder?.data) ? folder.data : [];
    return files.filter(({ name }) => /\.ya?ml$/.test(name)).map((file) => file.path);
  });
}
