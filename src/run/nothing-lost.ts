import type { GitHubAccess } from "../github/access.ts";
import { readAttempts } from "../github/attempts.ts";
import { type ForeignCommit, foreignCommits } from "../github/foreign-commits.ts";
import { foreignHead } from "../github/publish.ts";
import { branchFor, isOwn, type PullRequest, replacedRef } from "../github/pull-request.ts";
import type { Job } from "../job/job.ts";
import { Problem } from "../log/problem.ts";

/** Commits that are named one by one. */
const mostNamed = 5;

/**
 * The branch's head, where it is somebody else's work and whoever asks says that it may be taken off the branch; null:
 * there is nothing of the kind. Throws `commits-lost`: a new attempt would take away what people added to the last one;
 * `branch-moved`, `pull-request-foreign`: the branch, or its pull request, is somebody else's. Asked before money is spent.
 */
export async function mayReplace(
  { request }: Job,
  pullRequest: PullRequest | null,
  access: GitHubAccess,
): Promise<string | null> {
  if (request.kind !== "regenerate" && request.kind !== "issue") return null;
  // A plan changes nothing.
  if (request.kind === "issue" && request.plans !== undefined) return null;
  if (request.kind === "issue") await requireOwnBranch(request.issue.number, pullRequest, access);
  if (pullRequest === null || pullRequest.issue === null) return null;
  const { issue, branch, headSha } = pullRequest;
  const commits = await foreignCommits(access, { ...pullRequest, issue });
  if (commits.length === 0) return null;
  if (request.kind === "regenerate" && request.options?.force) return headSha;
  throw wouldLose(commits, "another attempt", { issue, branch, headSha });
}

/** Throws where a branch has a pull request of somebody else's, or none that tells of it and somebody else's commit. */
async function requireOwnBranch(
  issue: number,
  pullRequest: PullRequest | null,
  access: GitHubAccess,
): Promise<void> {
  const branch = branchFor(issue);
  if (pullRequest !== null && !isOwn(access, pullRequest)) {
    const { number, author } = pullRequest;
    throw new Problem("pull-request-foreign", { number, branch, author });
  }
  if (pullRequest !== null && pullRequest.issue !== null) return;
  const head = await foreignHead(access, { branch, publishedHead: null });
  if (head === null || (await readAttempts(access, issue)).some(({ commit }) => commit === head)) return;
  throw new Problem("branch-moved", { branch, head: head.slice(0, 12) });
}

/** Throws `commits-lost` where going back to a commit would take away what people added since. */
export async function requireNothingLost(
  access: GitHubAccess,
  pullRequest: PullRequest & { readonly issue: number },
  wanted: { readonly number: number; readonly commit: string },
): Promise<void> {
  const commits = await foreignCommits(access, pullRequest, wanted.commit);
  if (commits.length > 0) throw wouldLose(commits, `attempt ${wanted.number}`, pullRequest);
}

function wouldLose(
  commits: readonly ForeignCommit[],
  shown: string,
  { issue, branch, headSha }: Pick<PullRequest, "branch" | "headSha"> & { readonly issue: number },
): Problem {
  const about = { branch, shown, ref: replacedRef(issue, headSha) };
  return new Problem("commits-lost", { ...about, count: commits.length, commits: named(commits) });
}

function named(commits: readonly ForeignCommit[]): string {
  const first = commits.slice(0, mostNamed);
  const names = first.map(({ sha, author, title }) => `${sha.slice(0, 12)} by ${author} (${title})`);
  const more = commits.length - first.length;
  return more === 0 ? names.join(", ") : `${names.join(", ")} and ${more} more`;
}
