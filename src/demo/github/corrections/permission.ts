import { ask, type Correction } from "../exchange.ts";

/** GitHub's `permission` knows four words; only `role_name` tells maintain and triage. */
const words: Readonly<Record<string, string>> = {
  maintain: "write",
  push: "write",
  triage: "read",
  pull: "read",
};

/** emulate says `push` where GitHub says `write`, and 404 for a stranger where GitHub says `read` or `none`. */
export const permission: Correction = async (request, forward) => {
  const match = /^(\/repos\/[^/]+\/[^/]+)\/collaborators\/([^/]+)\/permission$/.exec(request.path);
  if (!match || request.method !== "GET") return forward(request);
  const response = await forward(request);
  if (response.status === 200) {
    const { permission } = response.body;
    return { ...response, body: { ...response.body, permission: words[permission] ?? permission } };
  }
  if (response.status !== 404) return response;
  const [repository, user] = await Promise.all([
    forward(ask(request, match[1] ?? "")),
    forward(ask(request, `/users/${match[2]}`)),
  ]);
  if (repository.status !== 200 || user.status !== 200) return response;
  const role = repository.body.private ? "none" : "read";
  return { ...user, body: { permission: role, role_name: role, user: user.body } };
};
