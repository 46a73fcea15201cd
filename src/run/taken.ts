import type { OperatorConfig } from "../config/types.ts";
import type { GitHubAccess } from "../github/access.ts";
import { closingPullRequests } from "../github/closing.ts";
import { readIssue, textDigest } from "../github/issue.ts";
import { waitingMarker } from "../github/marker.ts";
import { isOwn, type PullRequest } from "../github/pull-request.ts";
import { readStatus } from "../github/sticky-comment.ts";
import type { IssueText, Job } from "../job/job.ts";
import { Problem } from "../log/problem.ts";
import { askingLabel } from "./admit.ts";

/**
 * A label on an issue that somebody else has in hand is answered with a question: throws `issue-taken`. `/approve` is held
 * against the text that the question was about: throws what stands against it. Asked at intake alone, before money is spent.
 */
export async function requireUntaken(
  { request, requestedBy, repository }: Job,
  draft: PullRequest | null,
  access: GitHubAccess,
  operator: OperatorConfig,
): Promise<void> {
  if (request.kind !== "issue") return;
  if (request.approves !== undefined) return requireWaiting(request.issue, access, operator);
  if (request.label === null) return;
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
  const held = [
    ...pulls.map(
      (pull) =>
        `pull request ${isHere(pull.repository) ? "" : pull.repository}#${pull.number} by ${pull.author} closes it`,
    ),
    ...(others.length === 0 ? [] : [`it is assigned to ${others.join(", ")}`]),
  ];
  if (held.length > 0) throw new Problem("issue-taken", { issue: number, held: held.join("; ") });
}

/** `text` of our comment on the job's issue, from which `/approve` finds what was asked about. */
export function waiting({ request }: Job, text: string): string {
  return request.kind === "issue" ? `${text}\n\n${waitingMarker(textDigest(request.issue))}` : text;
}

async function requireWaiting(issue: IssueText, access: GitHubAccess, operator: OperatorConfig) {
  const about = { issue: issue.number };
  const asked = /<!-- firstdraft:waits-1-([0-9a-f]{64}) -->$/.exec(await readStatus(access, issue.number));
  if (asked === null) throw new Problem("nothing-waits", about);
  if (asked[1] !== textDigest(issue)) throw new Problem("issue-changed", { ...about, part: "text" });
  const label = await askingLabel(access, operator);
  const { labels } = await readIssue(access, issue.number);
  if (!labels.includes(label)) throw new Problem("label-removed", { ...about, label });
}
