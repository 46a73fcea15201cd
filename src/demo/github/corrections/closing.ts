import { ask, type Correction } from "../exchange.ts";
import type { Json } from "../types.ts";

/**
 * emulate has no GraphQL: its one question for the open pull requests that close an issue, by the keywords in their text.
 * https://docs.github.com/en/issues/tracking-your-work-with-issues/using-issues/linking-a-pull-request-to-an-issue
 */
export const closingPullRequests: Correction = async (request, forward) => {
  const isAsked = /^\s*query\s+closingPullRequests\b/.test(String(request.body?.query ?? ""));
  if (request.path !== "/graphql" || !isAsked) return forward(request);
  const { owner, repo, number } = request.body.variables ?? {};
  const found = await forward(ask(request, `/repos/${owner}/${repo}/pulls`, "?state=open&per_page=100"));
  const headers = { "content-type": "application/json; charset=utf-8" };
  if (found.status !== 200) {
    const errors = [{ type: "NOT_FOUND", message: "Could not resolve to a Repository." }];
    return { status: 200, headers, body: { data: null, errors } };
  }
  const closes = new RegExp(`\\b(?:close[sd]?|fix(?:e[sd])?|resolve[sd]?):? +#${Number(number)}\\b`, "i");
  const nodes = found.body
    .filter(({ body }: Json) => closes.test(body ?? ""))
    .map((pull: Json) => ({
      number: pull.number,
      author: { login: pull.user.login },
      repository: { nameWithOwner: pull.base.repo.full_name },
    }));
  const issue = { closedByPullRequestsReferences: { nodes } };
  return { status: 200, headers, body: { data: { repository: { issue } } } };
};
