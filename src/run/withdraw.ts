import type { GitHubAccess } from "../github/access.ts";
import { dropAttempt, readAttempts } from "../github/attempts.ts";
import { dropBranch, showCommit } from "../github/publish.ts";
import { branchFor, findPullRequest, isOwn } from "../github/pull-request.ts";
import type { Job } from "../job/job.ts";
import { shownId } from "../report/pull-request/title.ts";
import { issueOf } from "./issue-of.ts";
import { runId } from "./record.ts";

/**
 * Takes back what a cancelled run had come to publish, if it was cut off in the middle of that: its attempt, and its commit
 * as the branch's head. What a pull request tells of stays, and so does what anybody else made.
 */
export async function withdraw(job: Job, access: GitHubAccess): Promise<void> {
  const issue = await issueOf(job, access);
  if (issue === null) return;
  const run = runId(job).slice(0, shownId);
  const own = (await readAttempts(access, issue)).find((attempt) => attempt.run === run);
  if (own === undefined) return;
  const branch = branchFor(issue);
  const pullRequest = await findPullRequest(access, branch);
  if (pullRequest?.publishedHead === own.commit) return;
  if (pullRequest === null) await dropBranch(access, branch, own.commit);
  // What a revision is on top of may be somebody else's.
  const shown = own.revises ?? pullRequest?.publishedHead ?? null;
  if (
    pullRequest !== null &&
    isOwn(access, pullRequest) &&
    pullRequest.headSha === own.commit &&
    shown !== null
  )
    await showCommit(access, { branch, publishedHead: own.commit }, shown);
  await dropAttempt(access, issue, own.number);
}
