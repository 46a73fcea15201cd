import { retry } from "@octokit/plugin-retry";
import { Octokit } from "@octokit/rest";
import type { RepositoryName } from "../job/job.ts";
import type { GitHubAccess } from "./access.ts";
import { orProblem, statusOf } from "./errors.ts";
import { ownPace } from "./own-pace.ts";
import { keepPace, notRetried } from "./pace.ts";

export interface TokenConnection {
  readonly token: string;
  /** e.g. `https://api.github.com`. */
  readonly apiUrl: string;
  readonly repository: RepositoryName;
  /** Whether GitHub's limits are minded; default: `hasLimits`. */
  readonly limits?: boolean | undefined;
  /** How often a request is asked again after a failure that may pass; default 3, after 1, 4 and 9 seconds. */
  readonly retries?: number;
}

/** An answer that takes longer does not come. Milliseconds. */
const requestTimeout = 30_000;

/** Whether the GitHub at an address has limits: its Enterprise Server has none unless its administrator sets some. */
export const hasLimits = (apiUrl: string) => new URL(apiUrl).hostname === "api.github.com";

/** Access with a token that somebody gave: a personal one, or a workflow's GITHUB_TOKEN. */
export async function connectWithToken(connection: TokenConnection): Promise<GitHubAccess> {
  const { token, apiUrl, repository, retries = 3 } = connection;
  const limits = connection.limits ?? hasLimits(apiUrl);
  const octokit = new (Octokit.plugin(retry))({
    auth: token,
    baseUrl: apiUrl.replace(/\/+$/, ""),
    userAgent: "firstdraft",
    log: { debug: quiet, info: quiet, warn: quiet, error: quiet },
    request: { fetch: fetchInTime },
    retry: { retries, ...(limits ? { doNotRetry: notRetried } : {}) },
  });
  if (limits) keepPace(octokit, ownPace());
  const login = await orProblem({ repository }, () => ownLogin(octokit));
  return { octokit, repository, token: async () => token, remoteUrl: remoteUrlOf(apiUrl, repository), login };
}

/** Where git finds what the API at `apiUrl` speaks of: `api.HOST` and `HOST/api/v3` both belong to `HOST`. */
export function remoteUrlOf(apiUrl: string, { owner, repo }: RepositoryName): string {
  const url = new URL(apiUrl);
  url.hostname = url.hostname.replace(/^api\./, "");
  return `${url.origin}/${owner}/${repo}.git`;
}

/** `fetch` that gives up. For any Octokit, as `request: { fetch: fetchInTime }`. */
export const fetchInTime: typeof fetch = (input, init) => {
  const limit = AbortSignal.timeout(requestTimeout);
  return fetch(input, { ...init, signal: init?.signal ? AbortSignal.any([init.signal, limit]) : limit });
};

async function ownLogin(octokit: Octokit): Promise<string> {
  try {
    return (await octokit.rest.users.getAuthenticated()).data.login;
  } catch (error) {
    // An App is no user: for its tokens REST has no answer, but GraphQL has.
    if (statusOf(error) !== 403) throw error;
    return viewerLogin(octokit);
  }
}

async function viewerLogin(octokit: Octokit): Promise<string> {
  try {
    const { viewer } = await octokit.graphql<{ viewer: { login: string } }>("{ viewer { login } }");
    return viewer.login;
  } catch {
    // Without GraphQL it can only be guessed, and nearly every such token is a workflow's own.
    return "github-actions[bot]";
  }
}

const quiet = () => {};
