import type { GitHubAccess } from "../github/access.ts";
import { readOwnPullRequest } from "../github/pull-request.ts";
import type { Job } from "../job/job.ts";

/** The issue that a run is for, wherever it was asked for; null where its pull request is not ours, or it has no run. */
export async function issueOf({ request }: Job, access: GitHubAccess): Promise<number | null> {
  if (request.kind === "issue") return request.issue.number;
  if (request.kind === "checks") return request.number;
  if (!("pullRequest" in request)) return null;
  const pullRequest = await readOwnPullRequest(access, request.pullRequest);
  return "notOwn" in pullRequest ? null : pullRequest.issue;
}
