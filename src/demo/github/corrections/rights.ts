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

/** What it takes to read a private repository's checks: https://docs.github.com/en/rest/overview/permissions-required-for-github-apps */
const reading = [
  [/\/check-runs(\/|$)/, "checks"],
  [/\/commits\/[^/]+\/statuses$/, "statuses"],
  [/\/actions\/jobs\//, "actions"],
] as const;

/** emulate, and what is added to it here, let any installation read checks; GitHub wants the right, but in a public repository. */
export function checkRights(): Correction {
  const granted = new Map<string, Readonly<Record<string, string>>>();
  return async (request, forward) => {
    const rights = granted.get(tokenIn(request.headers.authorization ?? ""));
    const needed = reading.find(([path]) => path.test(request.path))?.[1];
    if (rights !== undefined && needed !== undefined && rights[needed] === undefined) return notAccessible();
    const response = await forward(request);
    if (/\/access_tokens$/.test(request.path) && response.status === 201)
      granted.set(response.body.token, response.body.permissions ?? {});
    return response;
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
