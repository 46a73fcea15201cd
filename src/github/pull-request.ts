import type { GitHubAccess } from "./access.ts";
import { type Agreed, agreedOf } from "./agreed.ts";
import { orProblem, statusOf } from "./errors.ts";
import { readMarkers } from "./marker.ts";

export interface PullRequest {
  readonly number: number;
  readonly url: string;
  readonly title: string;
  readonly body: string;
  readonly state: "open" | "closed" | "merged";
  readonly draft: boolean;
  readonly author: string;
  readonly branch: string;
  readonly headSha: string;
  readonly fromFork: boolean;
  /** The branch that it is to go into, and where that stood when GitHub last looked. */
  readonly base: { readonly branch: string; readonly sha: string };
  /** The issue that it was drafted for, as its marker says. */
  readonly issue: number | null;
  /** The commit that it was last published with, as its marker says. */
  readonly publishedHead: string | null;
  /** The attempt that it shows, as its marker says; 0 where none does. */
  readonly attempt: number;
  /** How many attempts there were, as its markers say. */
  readonly made: number;
  /** `textDigest` of the issue as it was approved, as its marker says. */
  readonly approvedText: string | null;
  /** What was agreed on before the work; null: nothing. */
  readonly agreed: Agreed | null;
}

/** Why a pull request is not one that firstdraft may work on. */
export type NotOwn = "missing" | "not-ours" | "from-fork" | "no-marker" | "closed" | "merged";

export type OwnPullRequest = (PullRequest & { readonly issue: number }) | { readonly notOwn: NotOwn };

/** Where commits stay that somebody had taken off a draft's branch. */
export const replacedRef = (issue: number, head: string): string =>
  `refs/firstdraft/issue-${issue}/replaced-${head.slice(0, 12)}`;

export const branchFor = (issue: number): string => `firstdraft/issue-${issue}`;

/** Reads a pull request, or says why it is not one of ours to work on. */
export async function readOwnPullRequest(access: GitHubAccess, number: number): Promise<OwnPullRequest> {
  const pullRequest = await readPullRequest(access, number);
  if (pullRequest === null) return { notOwn: "missing" };
  const { issue, state } = pullRequest;
  if (pullRequest.fromFork) return { notOwn: "from-fork" };
  if (!isOwn(access, pullRequest)) return { notOwn: "not-ours" };
  // A marker may be copied into another text, but not onto the branch of its issue.
  if (issue === null || pullRequest.branch !== branchFor(issue)) return { notOwn: "no-marker" };
  return state === "open" ? { ...pullRequest, issue } : { notOwn: state };
}

/** Reads a pull request, whosever it is; null if there is none of that number. */
export function readPullRequest(access: GitHubAccess, number: number): Promise<PullRequest | null> {
  return orProblem(access, async () => {
    const response = await access.octokit.rest.pulls
      .get({ ...access.repository, pull_number: number })
      .catch(absent);
    return response && toPullRequest(response.data);
  });
}

/** The open pull request of a branch of this repository, whoever opened it. */
export function findPullRequest(access: GitHubAccess, branch: string): Promise<PullRequest | null> {
  return orProblem(access, async () => {
    const { data } = await access.octokit.rest.pulls.list({
      ...access.repository,
      state: "open",
      head: `${access.repository.owner}:${branch}`,
    });
    return data.map(toPullRequest).find((found) => found.branch === branch && !found.fromFork) ?? null;
  });
}

export function isOwn(access: GitHubAccess, { author }: PullRequest): boolean {
  return author.toLowerCase() === access.login.toLowerCase();
}

interface ApiPullRequest {
  readonly number: number;
  readonly html_url: string;
  readonly title: string;
  readonly body: string | null;
  readonly state: string;
  readonly merged_at: string | null;
  readonly draft?: boolean;
  readonly user: { readonly login: string } | null;
  readonly head: {
    readonly ref: string;
    readonly sha: string;
    readonly repo: { readonly id: number } | null;
  };
  readonly base: { readonly ref: string; readonly sha: string; readonly repo: { readonly id: number } };
}

export function toPullRequest(data: ApiPullRequest): PullRequest {
  const body = data.body ?? "";
  const { issue, head, attempt, made, text, agreed } = readMarkers(body);
  return {
    number: data.number,
    url: data.html_url,
    title: data.title,
    body,
    state: data.state === "open" ? "open" : data.merged_at === null ? "closed" : "merged",
    draft: data.draft ?? false,
    author: data.user?.login ?? "ghost",
    branch: data.head.ref,
    headSha: data.head.sha,
    // A fork that was deleted leaves no repository behind.
    fromFork: data.head.repo?.id !== data.base.repo.id,
    base: { branch: data.base.ref, sha: data.base.sha },
    issue,
    publishedHead: head,
    attempt,
    made,
    approvedText: text,
    agreed: agreedOf(agreed),
  };
}

function absent(error: unknown): null {
  if (statusOf(error) === 404) return null;
  throw error;
}
