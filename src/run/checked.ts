import { parseRepositoryConfig } from "../config/repository-config.ts";
import { configPath, type RepositoryConfig } from "../config/types.ts";
import type { GitHubAccess } from "../github/access.ts";
import { readAttempts } from "../github/attempts.ts";
import { readConfigFile } from "../github/config-file.ts";
import { branchFor, findPullRequest, isOwn, type PullRequest } from "../github/pull-request.ts";
import type { Job } from "../job/job.ts";
import { Problem } from "../log/problem.ts";
import { shownId } from "../report/pull-request/title.ts";
import { runId } from "./record.ts";

/** Whether a draft's head is still the commit that a job's checks are of, and ours: else they are somebody else's matter. */
export const isHead = ({ request }: Pick<Job, "request">, { headSha, publishedHead }: PullRequest): boolean =>
  request.kind === "checks" && headSha === request.sha && publishedHead === request.sha;

/** The draft that a job's checks are of; null: it is closed, or none of ours. */
export async function checkedPullRequest(
  { request }: Pick<Job, "request">,
  access: GitHubAccess,
): Promise<PullRequest | null> {
  if (request.kind !== "checks") return null;
  const found = await findPullRequest(access, branchFor(request.number));
  return found !== null && isOwn(access, found) && found.issue === request.number ? found : null;
}

/**
 * Throws `checks-outdated` where a draft shows another commit by now than the one that the job is to correct, and not one that
 * this very run has published before it was cut off.
 */
export async function requireShown(
  job: Job,
  pullRequest: PullRequest | null,
  access: GitHubAccess,
): Promise<void> {
  const { request } = job;
  if (request.kind !== "checks" || (pullRequest !== null && isHead(job, pullRequest))) return;
  const run = runId(job).slice(0, shownId);
  if ((await readAttempts(access, request.number)).some((attempt) => attempt.run === run)) return;
  throw new Problem("checks-outdated", { sha: request.sha.slice(0, 12) });
}

/** The repository's own configuration, or what is wrong with it. */
export async function configOf(access: GitHubAccess): Promise<RepositoryConfig | Problem> {
  try {
    return parseRepositoryConfig(await readConfigFile(access), configPath);
  } catch (error) {
    if (error instanceof Problem && error.code === "config-invalid") return error;
    throw error;
  }
}
