import { type Correction, refusal } from "../exchange.ts";
import type { Identities } from "../identities.ts";
import type { Json } from "../types.ts";

const contents = ["+1", "-1", "laugh", "confused", "heart", "hooray", "rocket", "eyes"];

/** emulate has no reactions; GitHub keeps one of each kind per person, and answers 200 to the second. */
export function reactions(identities: Identities): Correction {
  const kept = new Map<string, Json[]>();
  return async (request, forward) => {
    const [, comment] = /^(\/repos\/.+\/issues\/comments\/\d+)\/reactions$/.exec(request.path) ?? [];
    if (comment === undefined) return forward(request);
    const found = await forward({ ...request, method: "GET", path: comment, query: "", body: undefined });
    if (found.status !== 200) return found;
    const { headers } = found;
    const list = kept.get(comment) ?? [];
    kept.set(comment, list);
    if (request.method === "GET") return { status: 200, headers, body: list };
    const { content } = request.body ?? {};
    if (!contents.includes(content)) return refusal(422, "Validation Failed");
    const identity = identities.of(request.headers);
    if (identity.kind !== "user" && identity.kind !== "installation")
      return refusal(401, "Requires authentication");
    const login = identity.kind === "user" ? identity.login : `${identity.slug}[bot]`;
    const same = list.find((one) => one.user.login === login && one.content === content);
    if (same) return { status: 200, headers, body: same };
    const made = { id: list.length + 1, content, user: { login } };
    list.push(made);
    return { status: 201, headers, body: made };
  };
}
