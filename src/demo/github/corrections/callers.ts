import { type Correction, refusal } from "../exchange.ts";
import type { Identities } from "../identities.ts";

/** emulate takes an unknown token for its first user's; GitHub refuses it. */
export const unknownToken =
  (identities: Identities): Correction =>
  async (request, forward) =>
    identities.of(request.headers).kind === "unknown" ? refusal(401, "Bad credentials") : forward(request);

/** emulate answers an installation with the account that installed it; for GitHub an App is no user. */
export const userOfInstallation =
  (identities: Identities): Correction =>
  async (request, forward) =>
    request.path === "/user" && identities.of(request.headers).kind === "installation"
      ? refusal(403, "Resource not accessible by integration")
      : forward(request);

/** emulate has no GraphQL; this is the one question that REST has no answer to, for an App. */
export const viewer =
  (identities: Identities): Correction =>
  async (request, forward) => {
    const isQuestion =
      request.path === "/graphql" && /^\s*\{\s*viewer\s*\{\s*login\s*\}\s*\}\s*$/.test(request.body?.query);
    const identity = identities.of(request.headers);
    if (!isQuestion || (identity.kind !== "user" && identity.kind !== "installation"))
      return forward(request);
    const login = identity.kind === "user" ? identity.login : `${identity.slug}[bot]`;
    return {
      status: 200,
      headers: { "content-type": "application/json" },
      body: { data: { viewer: { login } } },
    };
  };

/** Not a correction: the tokens that are made here are known from then on. */
export const learnTokens =
  (identities: Identities, appIds: ReadonlyMap<number, number>): Correction =>
  async (request, forward) => {
    const response = await forward(request);
    const installation = /^\/app\/installations\/(\d+)\/access_tokens$/.exec(request.path)?.[1];
    const appId = appIds.get(Number(installation));
    if (response.status === 201 && appId) identities.learn(response.body.token, appId);
    return response;
  };
