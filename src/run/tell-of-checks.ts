import type { GitHubAccess } from "../github/access.ts";
import { readPullRequest } from "../github/pull-request.ts";
import type { Job } from "../job/job.ts";
import { waiting } from "../report/checks-line.ts";
import type { Outcome } from "../report/outcome.ts";
import type { House } from "../run.ts";
import { endedWithout } from "./await-checks.ts";
import { type Look, lookAtChecks } from "./look-at-checks.ts";
import { sayOnIssue } from "./say-on-issue.ts";

/** What a run's end changes in what is said of checks elsewhere: on the issue of a draft, or where it said that it corrects. */
export async function tellOfChecks(
  job: Job,
  outcome: Outcome,
  access: GitHubAccess,
  { operator, redact }: Pick<Look, "operator"> & Pick<House, "redact">,
): Promise<void> {
  if (job.request.kind === "checks") {
    const failed = endedWithout(outcome);
    if (failed !== null) await lookAtChecks(job, access, { operator, redact, failed });
    return;
  }
  if (job.request.kind === "issue" || outcome.kind !== "drafted" || outcome.waits !== true) return;
  const pullRequest = await readPullRequest(access, outcome.pullRequest.number);
  if (pullRequest !== null) await sayOnIssue(access, pullRequest, waiting);
}
