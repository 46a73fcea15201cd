import { connectWithToken } from "../github/connect.ts";
import type { ToldProof } from "../report/proof.ts";
import { verifyPullRequest } from "../run/verify-pull-request.ts";
import { openSandbox } from "../sandbox/open-sandbox.ts";
import type { ActOptions } from "./act.ts";
import { proposedBy, readEvent } from "./event.ts";
import { readOperator, requireInput, runnerVariable } from "./inputs.ts";

/** Reports on the pull request that the workflow's event is about, or says in a stable word why there is none. */
export async function verifyAsked(options: ActOptions): Promise<ToldProof | { readonly ignored: string }> {
  const { env } = options;
  const event = await readEvent(env);
  const proposed = proposedBy(event);
  if ("ignored" in proposed) return proposed;
  const operator = readOperator(env);
  const access = await connectWithToken({
    token: requireInput("github-token", "github.token"),
    apiUrl: runnerVariable(env, "GITHUB_API_URL"),
    repository: event.repository,
    limits: operator.githubLimits,
  });
  const sandbox = await openSandbox(operator.sandbox);
  return verifyPullRequest(proposed.number, { ...options, access, operator, sandbox });
}
