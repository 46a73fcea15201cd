import { ask, type Correction } from "../exchange.ts";
import type { Identities } from "../identities.ts";
import type { Json } from "../types.ts";

const json = { "content-type": "application/json; charset=utf-8" };

/** What GraphQL refuses has status 200. */
const error = (type: string, message: string) => ({
  ...{ status: 200, headers: json },
  body: { data: null, errors: [{ type, message }] },
});

/**
 * emulate has neither GraphQL nor the threads of a review: their two questions, which are asked by name, and answers in
 * them. A thread's id is that of its first remark.
 */
export function reviewThreads(identities: Identities, pageSize = 100): Correction {
  const resolved = new Set<number>();
  return async (request, forward) => {
    const [, pull, parent] =
      /^(\/repos\/[^/]+\/[^/]+\/pulls\/\d+)\/comments\/(\d+)\/replies$/.exec(request.path) ?? [];
    if (pull !== undefined && request.method === "POST") {
      const all = await forward(ask(request, `${pull}/comments`, "?per_page=100"));
      const first = all.status === 200 && all.body.find(({ id }: Json) => id === Number(parent));
      if (!first) return all.status === 200 ? { ...all, status: 404, body: { message: "Not Found" } } : all;
      const { path, line, side } = first;
      const body = { body: request.body?.body, path, line, side, in_reply_to_id: first.id };
      return forward({ ...request, path: `${pull}/comments`, body });
    }
    const [, name] = /^\s*(?:query|mutation)\s+(\w+)/.exec(String(request.body?.query ?? "")) ?? [];
    if (request.path !== "/graphql" || name === undefined) return forward(request);
    const { kind } = identities.of(request.headers);
    if (kind !== "user" && kind !== "installation")
      return error("FORBIDDEN", "Resource not accessible by integration");
    const { owner, repo, number, after, threadId } = request.body.variables ?? {};
    if (name === "resolveReviewThread") {
      resolved.add(Number(threadId));
      return {
        status: 200,
        headers: json,
        body: { data: { resolveReviewThread: { clientMutationId: null } } },
      };
    }
    if (name !== "reviewThreads") return forward(request);
    const found = await forward(
      ask(request, `/repos/${owner}/${repo}/pulls/${number}/comments`, "?per_page=100"),
    );
    if (found.status !== 200) return error("NOT_FOUND", "Could not resolve to a Repository.");
    const firsts: Json[] = found.body.filter((one: Json) => (one.in_reply_to_id ?? null) === null);
    const from = Number(after ?? 0);
    const nodes = firsts.slice(from, from + pageSize).map(({ id }) => ({
      isResolved: resolved.has(id),
      comments: { nodes: [{ databaseId: id }] },
    }));
    const end = from + nodes.length;
    const pageInfo = { hasNextPage: end < firsts.length, endCursor: String(end) };
    const threads = { reviewThreads: { nodes, pageInfo } };
    return { status: 200, headers: json, body: { data: { repository: { pullRequest: threads } } } };
  };
}
