import type { GitHubAccess } from "../github/access.ts";
import { closingPullRequests } from "../github/closing.ts";
import { readIssue } from "../github/issue.ts";
import { isOwn, type PullRequest } from "../github/pull-request.ts";
import type { Job } from "../job/job.ts";
import { Problem } from "../log/problem.ts";

/**
 * A label on an issue that somebody else has in hand is answered with a question: throws `issue-taken`. Asked at intake alone,
 * before money is spent.
 */
export async function requireUntaken(
  job: Job,
  draft: PullRequest | null,
  access: GitHubAccess,
): Promise<void> {
  const { request } = job;
  if (request.kind !== "issue" || request.approves !== undefined) return;
  const held = await holdersOf(job, draft, access);
  if (held.length > 0)
    throw new Problem("issue-taken", { issue: request.issue.number, held: held.join("; ") });
}

/** Who else has a job's issue in hand, each in words; [] also where whoever asked for the job has decided, by naming the issue. */
export async function holdersOf(
  { request, requestedBy, repository }: Job,
  draft: PullRequest | null,
  access: GitHubAccess,
): Promise<string[]> {
  if (request.kind !== "issue" || (request.label === null && request.approves === undefined)) return [];
  const { number } = request.issue;
  const own = draft !== null && isOwn(access, draft) ? draft.number : null;
  const here = `${repository.owner}/${repository.repo}`.toLowerCase();
  const isHere = (name: string) => name.toLowerCase() === here;
  const pulls = (await closingPullRequests(access, number)).filter(
    (pull) => !(pull.number === own && isHere(pull.repository)),
  );
  const us = [access.login, requestedBy.login].map((login) => login.toLowerCase());
  const { assignees } = await readIssue(access, number);
  const others = assignees.filter((login) => !us.includes(login.toLowerCase()));
  return [
    ...pulls.map(
      (pull) =>
        `pull request ${isHere(pull.repository) ? "" : pull.repository}#${pull.number} by ${pull.author} closes it`,
    ),
    ...(others.length === 0 ? [] : [`it is assigned to ${others.join(", ")}`]),
  ];
}
