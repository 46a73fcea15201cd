import { retry } from "@octokit/plugin-retry";
import { throttling } from "@octokit/plugin-throttling";
import { Octokit } from "@octokit/rest";
import type { RepositoryName } from "../job/job.ts";
import type { GitHubAccess } from "./access.ts";
import { orProblem, statusOf } from "./errors.ts";

export interface TokenConnection {
  readonly token: string;
  /** e.g. `https://api.github.com`. */
  readonly apiUrl: string;
  readonly repository: RepositoryName;
  /** Default: only on github.com. GitHub Enterprise Server has no limits unless its administrator sets some. */
  readonly throttle?: boolean;
  /** How often a request is asked again after a failure that may pass; default 3, after 1, 4 and 9 seconds. */
  readonly retries?: number;
}

/** Longest wait for a rate limit, in seconds; a run that would wait longer stops and says so. */
const longestWait = 120;
/**
 * What is final, as the retry plugin has it, and 429: where limits are minded, waiting for one is the throttling's, and the
 * two would multiply.
 */
export const notRetried = [400, 401, 403, 404, 410, 422, 429, 451];
/** An answer that takes longer does not come. Milliseconds. */
const requestTimeout = 30_000;

/** Access with a token that somebody gave: a personal one, or a workflow's GITHUB_TOKEN. */
export async function connectWithToken(connection: TokenConnection): Promise<GitHubAccess> {
  const { token, apiUrl, repository, retries = 3 } = connection;
  const { throttle = new URL(apiUrl).hostname === "api.github.com" } = connection;
  const mayWait = (seconds: number, _options: object, _octokit: unknown, retries: number) =>
    seconds <= longestWait && retries < 2;
  const octokit = new (Octokit.plugin(retry, throttling))({
    auth: token,
    baseUrl: apiUrl.replace(/\/+$/, ""),
    userAgent: "firstdraft",
    log: { debug: quiet, info: quiet, warn: quiet, error: quiet },
    request: { fetch: fetchInTime },
    retry: { retries, ...(throttle ? { doNotRetry: notRetried } : {}) },
    throttle: { enabled: throttle, onRateLimit: mayWait, onSecondaryRateLimit: mayWait },
  });
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
