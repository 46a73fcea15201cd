import { isWrite } from "../github/pace.ts";

/** What a token may do, in GitHub's words: https://docs.github.com/en/rest/overview/permissions-required-for-github-apps */
export type Rights = Readonly<
  Partial<
    Record<
      "actions" | "checks" | "contents" | "issues" | "metadata" | "pull_requests" | "statuses",
      "read" | "write"
    >
  >
>;

/** For git, which only fetches: what is written goes through the API. */
export const fetching: Rights = { contents: "read", metadata: "read" };

const reading: Rights = { contents: "read", issues: "read", metadata: "read", pull_requests: "read" };
/** Comments and labels, of pull requests too: nothing that could change code. */
const telling: Rights = { issues: "write", metadata: "read", pull_requests: "write" };
const checking: Rights = { checks: "write", metadata: "read" };
const publishing: Rights = { contents: "write", metadata: "read", pull_requests: "write" };

/**
 * The least that a request needs. So a run has no token that writes code before it publishes, and one that publishes nothing
 * never has. `url` may be Octokit's template, or, as of a list's pages, have a query.
 */
export function rightsFor(request: {
  readonly method: string;
  readonly url: string;
  readonly query?: unknown;
}): Rights {
  const [url = ""] = request.url.split("?");
  if (/\/check-runs(\/|$)/.test(url)) return checking;
  if (/\/actions\/jobs\//.test(url)) return { actions: "read", metadata: "read" };
  if (/\/commits\/[^/]+\/statuses$/.test(url)) return { metadata: "read", statuses: "read" };
  if (!isWrite(request)) return reading;
  return /\/repos\/[^/]+\/[^/]+\/(issues|labels)(\/|$)/.test(url) ? telling : publishing;
}
