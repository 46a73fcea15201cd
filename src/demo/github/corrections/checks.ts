import { type ApiRequest, ask, type Correction, type Forward, refusal } from "../exchange.ts";
import type { Identities } from "../identities.ts";
import type { Json } from "../types.ts";

/** emulate lets anybody write check runs and forgets whose they are; GitHub wants an App, and names it. */
export function checkRuns(identities: Identities): Correction {
  const makers = new Map<number, { id: number; slug: string }>();
  return async (request, forward) => {
    if (!/\/check-runs(\/|$)/.test(request.path)) return forward(request);
    const identity = identities.of(request.headers);
    if (request.method !== "GET" && identity.kind !== "installation")
      return refusal(403, "You must authenticate via a GitHub App.");
    const response = await forward(await withEarlierAnnotations(request, forward));
    if (response.status >= 300) return response;
    if (request.method === "POST" && identity.kind === "installation")
      makers.set(response.body.id, { id: identity.appId, slug: identity.slug });
    const named = (run: Json) => ({ ...run, app: makers.get(run.id) ?? null });
    const { body } = response;
    // emulate wraps the list that GitHub answers with.
    if (request.method === "GET" && request.path.endsWith("/annotations"))
      return { ...response, body: body.check_annotations ?? body };
    if (Array.isArray(body.check_runs))
      return { ...response, body: { ...body, check_runs: body.check_runs.map(named) } };
    return { ...response, body: body.id ? named(body) : body };
  };
}

/** emulate replaces a check run's annotations by those of an update; GitHub adds them. */
async function withEarlierAnnotations(request: ApiRequest, forward: Forward): Promise<ApiRequest> {
  const { method, path, body } = request;
  if (method !== "PATCH" || !body?.output) return request;
  const earlier = await forward(ask(request, `${path}/annotations`, "?per_page=100"));
  const annotations = [...(earlier.body.check_annotations ?? []), ...(body.output.annotations ?? [])];
  return { ...request, body: { ...body, output: { ...body.output, annotations } } };
}
