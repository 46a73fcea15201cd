import { parseRepositoryConfig } from "../config/repository-config.ts";
import { configPath, type OperatorConfig } from "../config/types.ts";
import type { GitHubAccess } from "../github/access.ts";
import { readConfigFile } from "../github/config-file.ts";
import { type FeedbackItem, readFeedback } from "../github/feedback.ts";
import { changedText, type Issue, readIssue, textDigest } from "../github/issue.ts";
import { mayWrite } from "../github/permission.ts";
import { branchFor, findPullRequest, type PullRequest, readOwnPullRequest } from "../github/pull-request.ts";
import { readRepository } from "../github/repository.ts";
import type { AttemptOptions } from "../job/attempt-options.ts";
import { maxGuidance } from "../job/commands.ts";
import type { IssueText, Job } from "../job/job.ts";
import { Problem } from "../log/problem.ts";
import { checkedPullRequest } from "./checked.ts";

/** What a job is about, once it is clear that it may be done. */
export interface Admission {
  /** The text as it was approved. */
  readonly issue: IssueText;
  readonly defaultBranch: string;
  /** Of the whole repository on GitHub, in MiB. */
  readonly mib: number;
  /** Where a person reads the repository. */
  readonly htmlUrl: string;
  /** Whether anybody can read it, and so write issues. */
  readonly isPublic: boolean;
  /** The draft that is open already. */
  readonly pullRequest: PullRequest | null;
  readonly guidance: string | null;
  readonly options: AttemptOptions;
}

/** Whether the label is the one that asks for a draft here: the repository's own, else the operator's. */
export async function isAskedFor(job: Job, access: GitHubAccess, operator: OperatorConfig): Promise<boolean> {
  if (job.request.kind !== "issue" || job.request.label === null) return true;
  return job.request.label === (await askingLabel(access, operator));
}

/** The label that asks for a draft here. */
export async function askingLabel(access: GitHubAccess, operator: OperatorConfig): Promise<string> {
  return (await ownLabel(access)) ?? operator.label;
}

async function ownLabel(access: GitHubAccess): Promise<string | undefined> {
  const text = await readConfigFile(access);
  try {
    return parseRepositoryConfig(text, configPath).label;
  } catch (error) {
    // What is wrong with the configuration is said where the operator's label asks for a draft.
    if (error instanceof Problem) return undefined;
    throw error;
  }
}

/**
 * Checks with GitHub that whoever asked may, and that what was asked for is still there and still says what it said.
 * Throws the Problem that stands against it; GitHub not answering is one. Asked at intake, at the start, before
 * anything is uploaded, and right before the branch is moved, since a run takes minutes.
 */
export async function admit(job: Job, access: GitHubAccess): Promise<Admission> {
  const { login } = job.requestedBy;
  const { owner, repo } = job.repository;
  // Asked for by nobody: it goes on with what somebody who may has asked for.
  if (job.request.kind !== "checks" && !(await mayWrite(access, login))) {
    throw new Problem("no-write-access", { login, repository: `${owner}/${repo}` });
  }
  const facts = await readRepository(access);
  if (facts.archived || facts.disabled)
    throw new Problem("repository-archived", { repository: facts.fullName });
  const mib = Math.ceil(facts.sizeKib / 1024);
  const about = { defaultBranch: facts.defaultBranch, mib, htmlUrl: facts.htmlUrl, isPublic: !facts.private };
  const { request } = job;
  if (request.kind === "cancel" || request.kind === "unknown" || request.kind === "split")
    throw new Error(`${job.key}: what has no run is not admitted`);
  if (request.kind === "checks") {
    const pullRequest = await checkedPullRequest(job, access);
    if (pullRequest === null) throw new Problem("checks-outdated", { sha: request.sha.slice(0, 12) });
    const issue = requireOpen(await readIssue(access, request.number));
    requireSameText(issue, pullRequest.approvedText);
    return { issue: requireText(issue), ...about, pullRequest, guidance: "", options: {} };
  }
  if (request.kind !== "issue") {
    const pullRequest = await readOwnPullRequest(access, request.pullRequest);
    if ("notOwn" in pullRequest) {
      throw new Problem("not-regenerable", { number: request.pullRequest, why: pullRequest.notOwn });
    }
    const issue = requireOpen(await readIssue(access, pullRequest.issue));
    requireSameText(issue, pullRequest.approvedText);
    const again = request.kind === "use" ? null : request;
    const { guidance = null, options = {} } = again ?? {};
    if (options.unreadable !== undefined)
      throw new Problem("option-unreadable", { option: options.unreadable });
    return { issue: requireText(issue), ...about, pullRequest, guidance, options };
  }
  const issue = requireOpen(await readIssue(access, request.issue.number));
  requireApproved(request, issue);
  const pullRequest = await findPullRequest(access, branchFor(issue.number));
  return { issue: requireText(request.issue), ...about, pullRequest, guidance: null, options: {} };
}

/** What its reviewers have said of the pull request that a job is to better; [] where it is to better none. */
export async function feedbackFor(
  { request }: Job,
  { pullRequest }: Pick<Admission, "pullRequest">,
  access: GitHubAccess,
): Promise<readonly FeedbackItem[]> {
  if (pullRequest === null || (request.kind !== "regenerate" && request.kind !== "revise")) return [];
  const { guidance, comment } = request;
  // What of it is beyond the guidance's place is read as a remark.
  const isWhole = guidance.length < maxGuidance;
  const said = await readFeedback(access, pullRequest.number);
  return said.filter((one) => !(isWhole && isGuidance(one, comment)));
}

/** The comment that asks for the attempt, where all that it says is the guidance. */
const isGuidance = ({ comment, body }: FeedbackItem, asking: number | null): boolean =>
  comment !== undefined && comment === asking && /^\s*\/(regenerate|revise)\b/.test(body);

function requireOpen(issue: Issue): Issue {
  const about = { issue: issue.number };
  if (issue.isPullRequest) throw new Problem("issue-is-pull-request", about);
  if (issue.state === "closed") throw new Problem("issue-closed", about);
  if (issue.locked) throw new Problem("issue-locked", about);
  return issue;
}

function requireApproved(
  { label, issue: approved }: Extract<Job["request"], { kind: "issue" }>,
  now: Issue,
): void {
  const about = { issue: now.number };
  if (label !== null && !now.labels.includes(label)) throw new Problem("label-removed", { ...about, label });
  const part = changedText(approved, now);
  if (part !== null) throw new Problem("issue-changed", { ...about, part });
}

/** Whoever asks for another attempt looks at the pull request: an issue that says something else now was not approved. */
function requireSameText(now: Issue, approvedText: string | null): void {
  if (approvedText === null || approvedText === textDigest(now)) return;
  throw new Problem("issue-changed", { issue: now.number, part: "text" });
}

/** A title alone asks for too little to hold a change against. */
function requireText({ number, title, body, author }: IssueText): IssueText {
  if (body.replace(/<!--[\s\S]*?-->/g, "").trim() === "") throw new Problem("issue-empty", { issue: number });
  return { number, title, body, author };
}
