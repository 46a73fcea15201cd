import type { GitHubAccess } from "../github/access.ts";
import { mayWrite } from "../github/permission.ts";
import { readOwnPullRequest } from "../github/pull-request.ts";
import { acknowledge } from "../github/reaction.ts";
import { readStatus } from "../github/sticky-comment.ts";
import type { Job } from "../job/job.ts";
import { Problem } from "../log/problem.ts";
import type { Redact } from "../log/redact.ts";
import { refuse } from "./intake.ts";

/**
 * Answers with the commands that there are, where somebody with write access likely meant one and firstdraft is at work:
 * the same words each time, so they are said once. False: it is no matter of ours.
 */
export async function answerUnknown(job: Job, access: GitHubAccess, redact: Redact): Promise<boolean> {
  const { request, requestedBy } = job;
  if (request.kind !== "unknown") throw new Error(`${job.key} is known`);
  const { number, isPullRequest, comment } = request;
  const isOurs = isPullRequest
    ? !("notOwn" in (await readOwnPullRequest(access, number)))
    : (await readStatus(access, number)) !== "";
  if (!isOurs || !(await mayWrite(access, requestedBy.login))) return false;
  await acknowledge(access, comment, "confused");
  await refuse(job, access, new Problem("command-unknown"), redact);
  return true;
}
