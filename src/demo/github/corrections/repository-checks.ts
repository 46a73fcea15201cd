import { type ApiResponse, type Correction, onePage } from "../exchange.ts";
import type { Json } from "../types.ts";

const json = { "content-type": "application/json; charset=utf-8" };
const answer = (status: number, body: Json): ApiResponse => ({ status, headers: json, body });

/** emulate has neither statuses of commits nor logs of jobs that somebody could write: `POST .../logs` of ours is how a test does. */
export function repositoryChecks(url: string): Correction {
  const statuses = new Map<string, Json[]>();
  const logs = new Map<string, string>();
  return async (request, forward) => {
    const { method, path, body } = request;
    const [, repository, sha] =
      /^(\/repos\/[^/]+\/[^/]+)\/(?:statuses\/|commits\/)([0-9a-f]{40})(?:\/statuses)?$/.exec(path) ?? [];
    const isStatuses = /\/statuses(\/[0-9a-f]{40})?$/.test(path);
    if (isStatuses && sha !== undefined) {
      const key = `${repository} ${sha}`;
      const known = statuses.get(key) ?? [];
      if (method === "GET") return onePage(request, known.toReversed(), `${url}/api/v3`);
      statuses.set(key, [...known, body]);
      return answer(201, body);
    }
    const job = /^\/repos\/[^/]+\/[^/]+\/actions\/jobs\/(\d+)\/logs$/.exec(path)?.[1];
    if (job !== undefined && method === "POST") {
      logs.set(job, String(body.log));
      return answer(201, {});
    }
    if (job !== undefined) {
      if (!logs.has(job)) return answer(404, { message: "Not Found" });
      return { status: 302, headers: { location: `${url}/_logs/${job}` }, body: Buffer.from("") };
    }
    const kept = /^\/_logs\/(\d+)$/.exec(path)?.[1];
    if (kept !== undefined)
      return {
        status: 200,
        headers: { "content-type": "text/plain" },
        body: Buffer.from(logs.get(kept) ?? ""),
      };
    return forward(request);
  };
}

/** REST leaves a draft a draft; emulate has not what GraphQL has for that. */
export const readyForReview: Correction = async (request, forward) => {
  const query = String(request.body?.query ?? "");
  const draft = /^mutation markDraft\b/.test(query);
  if (request.path !== "/graphql" || !(draft || /^mutation markReady\b/.test(query))) return forward(request);
  const id = Buffer.from(String(request.body.variables?.id), "base64url").toString();
  const changed = await forward({ ...request, method: "PATCH", path: id, query: "", body: { draft } });
  if (changed.status === 200) return answer(200, { data: { changed: { clientMutationId: null } } });
  const errors = [{ type: "FORBIDDEN", message: "Resource not accessible by integration" }];
  return answer(200, { data: null, errors });
};

/** A node id is whatever GitHub says: here the path of what it stands for. */
export const nodeIds: Correction = async (request, forward) => {
  const response = await forward(request);
  if (
    request.method !== "GET" ||
    !/^\/repos\/[^/]+\/[^/]+\/pulls\/\d+$/.test(request.path) ||
    response.status !== 200
  )
    return response;
  return {
    ...response,
    body: { ...response.body, node_id: Buffer.from(request.path).toString("base64url") },
  };
};
