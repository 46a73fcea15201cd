import type { GitHubAccess } from "../github/access.ts";
import { stickyComment } from "../github/sticky-comment.ts";
import { type Job, numberOf } from "../job/job.ts";
import { Problem } from "../log/problem.ts";
import type { Redact } from "../log/redact.ts";
import { outcomeComment } from "../report/comment.ts";
import type { House } from "../run.ts";
import { admit, isAskedFor } from "./admit.ts";
import { stoppedBy } from "./stopped.ts";

/**
 * Whether a job is taken on: `not-asked` is for a label that asks for nothing here, a Problem is what stands against
 * it. Throws where GitHub does not answer.
 */
export async function takeIn(
  job: Job,
  access: GitHubAccess,
  { operator }: Pick<House, "operator">,
): Promise<"accepted" | "not-asked" | Problem> {
  if (!(await isAskedFor(job, access, operator))) return "not-asked";
  try {
    await admit(job, access);
    return "accepted";
  } catch (error) {
    if (!(error instanceof Problem) || error.kind === "infrastructure") throw error;
    return error;
  }
}

/** Says why nothing is done, beside the comment that tells how a run stands: one may be under way. */
export async function refuse(
  job: Job,
  access: GitHubAccess,
  problem: Problem,
  redact: Redact,
): Promise<void> {
  await stickyComment(access, numberOf(job), "refusal")(redact(outcomeComment(stoppedBy(problem, null))));
}
