import type { GitHubAccess } from "./access.ts";
import { orProblem } from "./errors.ts";

export interface RepositoryFacts {
  /** `owner/name` as it is called now: another than asked for after a rename. */
  readonly fullName: string;
  readonly defaultBranch: string;
  readonly archived: boolean;
  /** Switched off by GitHub. */
  readonly disabled: boolean;
  readonly private: boolean;
  /** Of the git directory on GitHub, in KiB; GitHub measures now and then. */
  readonly sizeKib: number;
  readonly cloneUrl: string;
  /** Where a person reads it. */
  readonly htmlUrl: string;
}

export function readRepository(access: GitHubAccess): Promise<RepositoryFacts> {
  return orProblem(access, async () => {
    const { data } = await access.octokit.rest.repos.get({ ...access.repository });
    return {
      fullName: data.full_name,
      defaultBranch: data.default_branch,
      archived: data.archived,
      disabled: data.disabled,
      private: data.private,
      sizeKib: data.size,
      cloneUrl: data.clone_url,
      htmlUrl: data.html_url,
    };
  });
}
