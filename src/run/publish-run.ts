import type { GitHubAccess } from "../github/access.ts";
import type { Job } from "../job/job.ts";
import type { Redact } from "../log/redact.ts";
import type { Draft, Outcome } from "../report/outcome.ts";
import type { Sandbox } from "../sandbox/sandbox.ts";
import { admit } from "./admit.ts";
import type { DraftRequest } from "./draft.ts";
import { publishDraft } from "./publish-draft.ts";
import { runId } from "./record.ts";

export interface PublishRunOptions {
  readonly access: GitHubAccess;
  readonly sandbox: Sandbox;
  readonly redact: Redact;
}

/** Publishes what a run wrote. A run takes minutes: whether it may still do so is asked again first. */
export async function publishRun(
  job: Job,
  request: DraftRequest,
  draft: Draft,
  { access, sandbox, redact }: PublishRunOptions,
): Promise<Outcome> {
  const { pullRequest, htmlUrl } = await admit(job, access);
  return publishDraft({
    ...{ access, pullRequest, htmlUrl, draft, repository: request.repository, issue: request.issue },
    ...{ requestedBy: job.requestedBy.login, run: runId(job), sandbox: sandbox.name, redact },
  });
}
