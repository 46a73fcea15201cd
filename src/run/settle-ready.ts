import type { GitHubAccess } from "../github/access.ts";
import { orProblem } from "../github/errors.ts";
import { hasReadyMarker, withReadyMarker } from "../github/marker.ts";
import { readPullRequest } from "../github/pull-request.ts";
import { markAs } from "../github/ready.ts";

/**
 * Marks a pull request as ready for review where that is due, once: who turns it back into a draft is left alone. What we
 * marked becomes a draft again where a later commit is not worth it. Returns null, or why GitHub does not let it.
 */
export async function settleReady(
  access: GitHubAccess,
  number: number,
  isDue: boolean,
): Promise<string | null> {
  const pullRequest = await readPullRequest(access, number);
  if (pullRequest === null || pullRequest.state !== "open") return null;
  const marked = hasReadyMarker(pullRequest.body);
  if (isDue ? marked : !marked) return null;
  if (!isDue && pullRequest.draft) return null;
  const why = await markAs(access, number, isDue ? "ready" : "draft");
  if (why !== null) return why;
  const body = withReadyMarker(pullRequest.body, isDue);
  await orProblem(access, () =>
    access.octokit.rest.pulls.update({ ...access.repository, pull_number: number, body }),
  );
  return null;
}
