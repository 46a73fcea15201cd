import { threadsOf } from "../context/remarks.ts";
import type { GitHubAccess } from "../github/access.ts";
import type { Job } from "../job/job.ts";
import type { Later } from "../job/later.ts";
import { Problem } from "../log/problem.ts";
import type { Redact } from "../log/redact.ts";
import type { Draft, Outcome } from "../report/outcome.ts";
import type { Sandbox } from "../sandbox/sandbox.ts";
import { admit } from "./admit.ts";
import { awaitChecks } from "./await-checks.ts";
import type { DraftRequest } from "./draft.ts";
import { publishDraft } from "./publish-draft.ts";
import { runId } from "./record.ts";

export interface PublishRunOptions {
  readonly access: GitHubAccess;
  /** Whether anybody could read the repository as the run began. */
  readonly isPublic: boolean;
  readonly sandbox: Sandbox;
  /** Absent: nobody waits for checks. */
  readonly later?: Later | undefined;
  readonly redact: Redact;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Publishes what a run wrote. A run takes minutes, and uploading a large change may: whether it may still do so is asked
 * again first, and before the branch is moved.
 */
export async function publishRun(
  job: Job,
  request: DraftRequest,
  draft: Draft,
  { access, isPublic, sandbox, later, redact, signal }: PublishRunOptions,
): Promise<Outcome> {
  const stillWanted = async () => {
    const now = await admit(job, access);
    signal?.throwIfAborted();
    // Whoever asked had its few readers in mind.
    if (now.isPublic && !isPublic) throw new Problem("repository-became-public");
    return now;
  };
  const { pullRequest, htmlUrl } = await stillWanted();
  const minutes = later === undefined ? 0 : request.limits.ciMinutes;
  const outcome = await publishDraft({
    ...{ access, pullRequest, htmlUrl, draft, stillWanted },
    ...{
      repository: request.repository,
      issue: request.issue,
      agreed: request.agreed,
      revises: request.revises,
      replaces: request.replaces,
      threads: request.revises === null ? [] : threadsOf(request.feedback),
    },
    ...{
      requestedBy: job.requestedBy.login,
      run: runId(job),
      sandbox: sandbox.name,
      redact,
    },
    ...{ corrects: job.request.kind === "checks", ready: request.config.ready, ciMinutes: minutes },
  });
  const waits = await awaitChecks(job, outcome, { issue: request.issue.number, minutes, later });
  return { ...outcome, waits };
}
