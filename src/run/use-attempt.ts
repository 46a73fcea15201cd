import type { GitHubAccess } from "../github/access.ts";
import { readAttempts } from "../github/attempts.ts";
import { showCommit } from "../github/publish.ts";
import { stickyComment } from "../github/sticky-comment.ts";
import { type Job, numberOf } from "../job/job.ts";
import { Problem } from "../log/problem.ts";
import type { Redact } from "../log/redact.ts";
import { outcomeComment } from "../report/comment.ts";
import type { Outcome } from "../report/outcome.ts";
import { admit } from "./admit.ts";
import { requireNothingLost } from "./nothing-lost.ts";
import { showAttempt } from "./show-attempt.ts";
import { noLabel } from "./show-verdict.ts";
import { stoppedBy } from "./stopped.ts";

export interface UseOptions {
  readonly access: GitHubAccess;
  readonly redact: Redact;
}

/** Brings a pull request back to an attempt that was kept, or says why not. Done twice, it changes nothing more. */
export async function useAttempt(job: Job, { access, redact }: UseOptions): Promise<Outcome> {
  const outcome: Outcome = await show(job, access).catch((error: unknown) => stoppedBy(error, null));
  await stickyComment(access, numberOf(job))(redact(outcomeComment(outcome)));
  return outcome;
}

async function show({ request, requestedBy, ...job }: Job, access: GitHubAccess): Promise<Outcome> {
  if (request.kind !== "use") throw new Error(`${job.key} asks for no attempt`);
  const { pullRequest, issue, htmlUrl } = await admit({ ...job, request, requestedBy }, access);
  if (pullRequest === null) throw new Error(`${job.key} has no pull request`);
  const attempts = await readAttempts(access, issue.number);
  const wanted = attempts.find(({ number }) => number === request.attempt);
  const kept = attempts.map(({ number }) => number).join(", ");
  if (wanted === undefined) throw new Problem("attempt-unknown", { attempt: request.attempt ?? "", kept });
  const { branch, publishedHead, approvedText, agreed } = pullRequest;
  await requireNothingLost(access, { ...pullRequest, issue: issue.number }, wanted);
  await showCommit(access, { branch, publishedHead }, wanted.commit);
  const beside = { issue: issue.number, attempts, approvedText, agreed, repositoryUrl: htmlUrl };
  const { number, url } = await showAttempt(access, wanted, beside);
  return {
    ...{ kind: "shown", pullRequest: { number, url }, commit: wanted.commit },
    ...{ attempt: wanted.number, verdict: wanted.verdict, askedBy: requestedBy.login },
    noLabel: await noLabel(access, number, wanted.verdict),
  };
}
