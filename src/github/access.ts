import type { Octokit as RestOctokit } from "@octokit/rest";
import type { RepositoryName } from "../job/job.ts";

/** What firstdraft needs of an Octokit; Probot's and @octokit/rest's both are one. */
export type Octokit = Pick<RestOctokit, "rest" | "paginate" | "graphql">;

/** One repository on GitHub, and the right to speak to it. */
export interface GitHubAccess {
  readonly octokit: Octokit;
  readonly repository: RepositoryName;
  /** A token for git over HTTPS; asked for anew each time, since an App's lasts an hour. */
  token(): Promise<string>;
  /** Where git fetches from, without credentials. */
  readonly remoteUrl: string;
  /** Our own account, e.g. `firstdraft[bot]`: how we know our comments and commits. */
  readonly login: string;
}
