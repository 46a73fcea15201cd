import { type Correction, refusal } from "../exchange.ts";
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
    const response = await forward(request);
    if (response.status >= 300) return response;
    if (request.method === "POST" && identity.kind === "installation")
      makers.set(response.body.id, { id: identity.appId, slug: identity.slug });
    const named = (run: Json) => ({ ...run, app: makers.get(run.id) ?? null });
    const { body } = response;
    if (Array.isArray(body.check_runs))
      return { ...response, body: { ...body, check_runs: body.check_runs.map(named) } };
    return { ...response, body: body.id ? named(body) : body };
  };
}
