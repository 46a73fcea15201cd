import { type ApiRequest, ask, type Correction, type Forward, invalid } from "../exchange.ts";
import type { Json } from "../types.ts";

const list = /^(\/repos\/([^/]+)\/[^/]+)\/pulls$/;
const one = /^(\/repos\/[^/]+\/[^/]+)\/pulls\/\d+$/;

/** emulate keeps the head that a pull request was opened with; GitHub follows the branch. */
export const currentHead: Correction = async (request, forward) => {
  const response = await forward(request);
  if (!(list.test(request.path) || one.test(request.path)) || response.status >= 300) return response;
  const follow = async (pull: Json) => {
    if (pull.state !== "open") return pull;
    const ref = await forward(
      ask(request, `/repos/${pull.head.repo.full_name}/git/ref/heads/${pull.head.ref}`),
    );
    return ref.status === 200 ? { ...pull, head: { ...pull.head, sha: ref.body.object.sha } } : pull;
  };
  const body = Array.isArray(response.body)
    ? await Promise.all(response.body.map(follow))
    : await follow(response.body);
  return { ...response, body };
};

/** emulate opens a second pull request for a branch, or one without commits, or for a branch that it then makes. */
export const openOnce: Correction = async (request, forward) => {
  const [, base, owner] = list.exec(request.path) ?? [];
  if (!base || request.method !== "POST") return forward(request);
  const [, whose = owner, head = ""] = /^(?:([^:]*):)?(.*)$/.exec(String(request.body?.head ?? "")) ?? [];
  // A fork has the name of what it was forked from, here.
  const source = base.replace(`/${owner}/`, `/${whose}/`);
  const branch = await forward(ask(request, `${source}/git/ref/heads/${head}`));
  if (branch.status !== 200) return invalid("PullRequest", { field: "head", code: "invalid" });
  const target = await forward(ask(request, `${base}/git/ref/heads/${request.body.base}`));
  if (target.status !== 200) return invalid("PullRequest", { field: "base", code: "invalid" });
  const open = await forward(ask(request, `${base}/pulls`, `?state=open&head=${whose}:${head}`));
  if (open.body.length > 0) {
    const message = `A pull request already exists for ${whose}:${head}.`;
    return invalid("PullRequest", { code: "custom", message });
  }
  if (!(await isAhead(request, forward, base, branch.body.object.sha))) {
    const message = `No commits between ${request.body.base} and ${head}`;
    return invalid("PullRequest", { code: "custom", message });
  }
  return forward(request);
};

async function isAhead(request: ApiRequest, forward: Forward, base: string, head: string): Promise<boolean> {
  const comparison = await forward(ask(request, `${base}/compare/${request.body.base}...${head}`));
  return comparison.body.ahead_by > 0;
}

/** emulate turns a pull request into a draft and back by PATCH; GitHub's REST API ignores that. */
export const draftStays: Correction = async (request, forward) => {
  if (!one.test(request.path) || request.method !== "PATCH" || !request.body) return forward(request);
  const { draft: _, ...body } = request.body;
  return forward({ ...request, body });
};

/** emulate has no issue behind a pull request; for GitHub every pull request is one. */
export const issueOfPullRequest: Correction = async (request, forward) => {
  const [, base, number] = /^(\/repos\/[^/]+\/[^/]+)\/issues\/(\d+)$/.exec(request.path) ?? [];
  const response = await forward(request);
  if (!base || request.method !== "GET" || response.status !== 404) return response;
  const pull = await forward(ask(request, `${base}/pulls/${number}`));
  return pull.status === 200 ? { ...pull, body: asIssue(pull.body) } : response;
};

/** The issue that stands behind a pull request, as GitHub shows it. */
export function asIssue(pull: Json): Json {
  const { url, html_url, diff_url, patch_url, merged_at } = pull;
  const { head: _head, base: _base, _links, ...shared } = pull;
  return {
    ...shared,
    url: pull.issue_url,
    repository_url: pull.issue_url.replace(/\/issues\/\d+$/, ""),
    pull_request: { url, html_url, diff_url, patch_url, merged_at },
  };
}
