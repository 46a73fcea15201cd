import { type ApiRequest, ask, type Correction, type Forward, refusal } from "../exchange.ts";
import { tokenIn } from "../identities.ts";

/**
 * For emulate, comments and labels of a pull request take the right to write issues. For GitHub that to write pull requests
 * will do, but for making a label: such a token is given the other right too, and what GitHub would refuse is refused here.
 */
export function pullRequestRights(): Correction {
  const withoutIssues = new Set<string>();
  return async (request, forward) => {
    const { permissions } = request.body ?? {};
    const isNew = /\/access_tokens$/.test(request.path) && permissions?.pull_requests === "write";
    if (isNew && permissions.issues !== "write") {
      const body = { ...request.body, permissions: { ...permissions, issues: "write" } };
      const made = await forward({ ...request, body });
      withoutIssues.add(made.body.token);
      return { ...made, body: { ...made.body, permissions } };
    }
    if (withoutIssues.has(tokenIn(request.headers.authorization ?? "")) && request.method !== "GET") {
      if (/^\/repos\/[^/]+\/[^/]+\/labels(\/|$)/.test(request.path))
        return refusal(403, "You do not have permission to create labels on this repository.");
      if (await isIssue(request, forward)) return notAccessible();
    }
    const response = await forward(request);
    // emulate says no more than that.
    return response.status === 403 && response.body.message === "Forbidden" ? notAccessible() : response;
  };
}

const notAccessible = () => refusal(403, "Resource not accessible by integration");

/** Whether a request writes to an issue that is no pull request. Of a comment alone that is not known. */
async function isIssue(request: ApiRequest, forward: Forward): Promise<boolean> {
  const [, base, number] = /^(\/repos\/[^/]+\/[^/]+)\/issues(?:\/(\d+)(?:\/|$)|$)/.exec(request.path) ?? [];
  if (base === undefined) return false;
  if (number === undefined) return true;
  return (await forward(ask(request, `${base}/pulls/${number}`))).status !== 200;
}
