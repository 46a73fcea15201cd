import { Problem } from "../log/problem.ts";
import type { GitHubAccess } from "./access.ts";

/** What Octokit throws (`RequestError`), without the class: two versions of it may be at work in one process. */
interface RequestError extends Error {
  readonly status: number;
  readonly request?: { readonly method?: string; readonly url?: string };
  /** Absent where no answer came at all. */
  readonly response?: {
    readonly headers: Readonly<Record<string, string | number | undefined>>;
    readonly data?: unknown;
  };
}

/** The HTTP status that a request failed with, or null if it was no request that failed. */
export function statusOf(error: unknown): number | null {
  return isRequestError(error) ? error.status : null;
}

/** Runs `work`; what GitHub refuses in it becomes a problem of the catalogue. */
export async function orProblem<T>({ repository }: Pick<GitHubAccess, "repository">, work: () => Promise<T>) {
  try {
    return await work();
  } catch (error) {
    const name = `${repository.owner}/${repository.repo}`;
    if (isGraphqlError(error)) throw graphqlProblem(error, name);
    throw isRequestError(error) ? problemOf(error, name) : error;
  }
}

/**
 * Null where it is refused, for want of a right say, or is no longer there: what is only a help is done without. Anything else
 * is thrown.
 */
export async function unlessRefused<T>(work: Promise<T>): Promise<T | null> {
  try {
    return await work;
  } catch (error) {
    // An installation without the right is refused the token itself, with 422; logs that have expired are Gone.
    if ([403, 404, 410, 422].includes(statusOf(error) ?? 0) && limitWait(error) === null) return null;
    throw error;
  }
}

function problemOf(error: RequestError, repository: string): Problem {
  const { status, response } = error;
  const said = response ? messageOf(response.data) : error.message;
  const details = { repository, status, said, request: requestOf(error) };
  const options = { cause: error };
  const wait = limitWait(error);
  if (wait !== null)
    return new Problem("github-rate-limit", { ...details, minutes: Math.ceil(wait / 60) }, options);
  if (!response) return new Problem("github-unreachable", details, options);
  if (status >= 500) return new Problem("github-unavailable", details, options);
  if (status === 401) return new Problem("github-token", details, options);
  if (status === 409 && /empty/i.test(said)) return new Problem("repository-empty", details, options);
  if (status === 403 && /archived/i.test(said)) return new Problem("repository-archived", details, options);
  if (status === 403) return new Problem("github-forbidden", details, options);
  if (status === 404 || status === 410) return new Problem("github-not-found", details, options);
  return new Problem("github-refused", details, options);
}

/**
 * Seconds to wait, or null if no limit was met. `times`: how often the request has met one by now; where GitHub does not say
 * how long, that is a minute, then two, then four.
 * Source: https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api#exceeding-the-rate-limit
 */
export function limitWait(error: unknown, times = 1): number | null {
  if (!isRequestError(error)) return null;
  const { status, response } = error;
  if (!response || (status !== 403 && status !== 429)) return null;
  const { date, "retry-after": after, "x-ratelimit-remaining": remaining } = response.headers;
  if (Number(after) >= 0) return Number(after);
  // By GitHub's own clock: ours may be wrong. A second more, since both are whole seconds.
  const now = (Date.parse(String(date)) || Date.now()) / 1000;
  const reset = Number(response.headers["x-ratelimit-reset"]) - now + 1;
  if (String(remaining) === "0" && Number.isFinite(reset)) return Math.max(0, reset);
  return status === 429 || /rate limit/i.test(messageOf(response.data)) ? 60 * 2 ** (times - 1) : null;
}

/** GitHub's own words: the message and, for a validation error, what exactly was invalid. */
export function messageOf(data: unknown): string {
  const { message, errors } = (data ?? {}) as { message?: unknown; errors?: unknown };
  const details = Array.isArray(errors) ? errors.map(detailOf).filter(Boolean) : [];
  return [message, ...details].filter((part) => typeof part === "string").join("; ");
}

function detailOf(error: unknown): string {
  if (typeof error === "string") return error;
  const { message, field, code } = (error ?? {}) as Record<string, unknown>;
  return String(message ?? [field, code].filter(Boolean).join(" "));
}

function requestOf({ request }: RequestError): string {
  const path = URL.canParse(request?.url ?? "") ? new URL(request?.url ?? "").pathname : "";
  return `${request?.method ?? ""} ${path}`.trim();
}

/** What GraphQL refuses comes with status 200: octokit's `GraphqlResponseError`, without the class. */
interface GraphqlError extends Error {
  readonly errors: readonly { readonly type?: string; readonly message: string }[];
}

function isGraphqlError(error: unknown): error is GraphqlError {
  return error instanceof Error && error.name === "GraphqlResponseError" && "errors" in error;
}

const graphqlCodes = {
  NOT_FOUND: "github-not-found",
  FORBIDDEN: "github-forbidden",
  RATE_LIMITED: "github-rate-limit",
} as const;

function graphqlProblem(error: GraphqlError, repository: string): Problem {
  const { type = "", message = "" } = error.errors?.[0] ?? {};
  const code = graphqlCodes[type as keyof typeof graphqlCodes] ?? "github-refused";
  const details = { repository, status: 200, said: message, request: "POST /graphql", minutes: 1 };
  return new Problem(code, details, { cause: error });
}

function isRequestError(error: unknown): error is RequestError {
  return error instanceof Error && "status" in error && typeof error.status === "number";
}
