import { effectiveLimits } from "../config/effective-limits.ts";
import type { OperatorConfig } from "../config/types.ts";
import type { GitHubAccess } from "../github/access.ts";
import { readAttempts } from "../github/attempts.ts";
import { showCommit } from "../github/publish.ts";
import { stickyComment } from "../github/sticky-comment.ts";
import { type Job, numberOf } from "../job/job.ts";
import type { Later } from "../job/later.ts";
import { Problem } from "../log/problem.ts";
import type { Redact } from "../log/redact.ts";
import { waiting } from "../report/checks-line.ts";
import { outcomeComment } from "../report/comment.ts";
import type { Outcome } from "../report/outcome.ts";
import { waitsPart } from "../report/pull-request/checks.ts";
import { admit } from "./admit.ts";
import { awaitChecks } from "./await-checks.ts";
import { configOf } from "./checked.ts";
import { requireNothingLost } from "./nothing-lost.ts";
import { sayOnIssue } from "./say-on-issue.ts";
import { showAttempt } from "./show-attempt.ts";
import { noLabel } from "./show-verdict.ts";
import { stoppedBy } from "./stopped.ts";

export interface UseOptions {
  readonly access: GitHubAccess;
  readonly redact: Redact;
  /** Absent: nobody waits for checks. */
  readonly later?: Later | undefined;
  readonly operator?: OperatorConfig;
}

/** Brings a pull request back to an attempt that was kept, or says why not. Done twice, it changes nothing more. */
export async function useAttempt(job: Job, options: UseOptions): Promise<Outcome> {
  const { access, redact } = options;
  const outcome: Outcome = await show(job, options).catch((error: unknown) => stoppedBy(error, null));
  await stickyComment(access, numberOf(job))(redact(outcomeComment(outcome)));
  return outcome;
}

async function show(job: Job, { access, later, operator }: UseOptions): Promise<Outcome> {
  const { request, requestedBy } = job;
  if (request.kind !== "use") throw new Error(`${job.key} asks for no attempt`);
  const { pullRequest, issue, htmlUrl } = await admit(job, access);
  if (pullRequest === null) throw new Error(`${job.key} has no pull request`);
  const attempts = await readAttempts(access, issue.number);
  const wanted = attempts.find(({ number }) => number === request.attempt);
  const kept = attempts.map(({ number }) => number).join(", ");
  if (wanted === undefined) throw new Problem("attempt-unknown", { attempt: request.attempt ?? "", kept });
  const { branch, publishedHead, approvedText, agreed } = pullRequest;
  await requireNothingLost(access, { ...pullRequest, issue: issue.number }, wanted);
  await showCommit(
    access,
    { branch, publishedHead, kept: attempts.map(({ commit }) => commit) },
    wanted.commit,
  );
  const config = later && operator ? await configOf(access) : null;
  const isReadable = config !== null && !(config instanceof Problem);
  const minutes = operator && isReadable ? effectiveLimits(operator.limits, config.limits).ciMinutes : 0;
  const checks = waitsPart(wanted.commit, minutes);
  const beside = { issue: issue.number, attempts, approvedText, agreed, repositoryUrl: htmlUrl, checks };
  const { number, url } = await showAttempt(access, wanted, beside);
  const shown = {
    ...{ kind: "shown" as const, pullRequest: { number, url }, commit: wanted.commit },
    ...{ attempt: wanted.number, verdict: wanted.verdict, askedBy: requestedBy.login },
    noLabel: await noLabel(access, number, wanted.verdict),
  };
  const waits = await awaitChecks(job, shown, { issue: issue.number, minutes, later });
  if (waits) await sayOnIssue(access, { number, issue: issue.number }, waiting);
  return { ...shown, waits };
}
