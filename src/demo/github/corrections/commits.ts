import { ask, type Correction, refusal } from "../exchange.ts";
import type { Identities } from "../identities.ts";

/** GitHub commits an App's work itself (and signs it), unless the App names an author or committer. */
export const committedByGitHub =
  (identities: Identities): Correction =>
  async (request, forward) => {
    const identity = identities.of(request.headers);
    const isNew = request.method === "POST" && /\/git\/commits$/.test(request.path);
    if (!isNew || identity.kind !== "installation" || request.body?.author || request.body?.committer)
      return forward(request);
    const bot = `${identity.slug}[bot]`;
    const author = { name: bot, email: `${identity.appId}+${bot}@users.noreply.github.com` };
    const committer = { name: "GitHub", email: "noreply@github.com" };
    return forward({ ...request, body: { ...request.body, author, committer } });
  };

/** emulate lets objects be made in a repository without commits; GitHub answers 409 until there is one. */
export const emptyRepository: Correction = async (request, forward) => {
  const [, base] = /^(\/repos\/[^/]+\/[^/]+)\/(git|commits)(\/|$)/.exec(request.path) ?? [];
  if (!base) return forward(request);
  const refs = await forward(ask(request, `${base}/git/matching-refs/heads/`));
  return refs.status === 200 && refs.body.length === 0
    ? refusal(409, "Git Repository is empty.")
    : forward(request);
};
