import { type Correction, refusal } from "../exchange.ts";
import { type Identities, tokenIn } from "../identities.ts";

/** emulate takes an unknown token for its first user's; GitHub refuses it. */
export const unknownToken =
  (identities: Identities): Correction =>
  async (request, forward) =>
    identities.of(request.headers).kind === "unknown" ? refusal(401, "Bad credentials") : forward(request);

/**
 * emulate takes an App's own token from any time, and one that has run out for none at all; GitHub says which of its times is
 * wrong, and by that an App learns that its clock is.
 */
export const timesOfApp: Correction = async (request, forward) => {
  const wrong = wrongTime(tokenIn(request.headers.authorization ?? ""));
  return wrong === null ? forward(request) : refusal(401, wrong);
};

/** Seconds that an App's token may be good for, and that its clock may be ahead. */
const [longest, ahead] = [600, 60];

function wrongTime(token: string): string | null {
  if (!token.startsWith("eyJ")) return null;
  const { iat = 0, exp = 0 } = JSON.parse(
    Buffer.from(token.split(".")[1] ?? "", "base64url").toString("utf8"),
  );
  const now = Date.now() / 1000;
  if (iat > now + ahead)
    return "'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued";
  if (exp > now + longest + ahead) return "'Expiration time' claim ('exp') is too far in the future";
  if (exp > now) return null;
  return "'Expiration time' claim ('exp') must be a numeric value representing the future time at which the assertion expires";
}

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
