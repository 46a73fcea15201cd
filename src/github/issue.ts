import { createHash } from "node:crypto";
import type { IssueText } from "../job/job.ts";
import type { GitHubAccess } from "./access.ts";
import { orProblem } from "./errors.ts";

/** An issue as it stands now. */
export interface Issue extends IssueText {
  readonly state: "open" | "closed";
  readonly locked: boolean;
  readonly labels: readonly string[];
  /** Their logins. */
  readonly assignees: readonly string[];
  readonly isPullRequest: boolean;
  /** ISO 8601. */
  readonly updatedAt: string;
}

export function readIssue(access: GitHubAccess, number: number): Promise<Issue> {
  return orProblem(access, async () => {
    const { data } = await access.octokit.rest.issues.get({ ...access.repository, issue_number: number });
    return {
      number: data.number,
      title: data.title,
      body: data.body ?? "",
      author: data.user?.login ?? "ghost",
      state: data.state === "open" ? "open" : "closed",
      locked: data.locked,
      labels: data.labels.flatMap((label) => (typeof label === "string" ? label : (label.name ?? []))),
      assignees: (data.assignees ?? []).map(({ login }) => login),
      isPullRequest: data.pull_request !== undefined,
      updatedAt: data.updated_at,
    };
  });
}

/** Stands for the words of an issue; SHA-256 in hex. */
export function textDigest({ title, body }: IssueText): string {
  return createHash("sha256")
    .update(JSON.stringify([title, body]))
    .digest("hex");
}

/** What of an approved text is no longer what was approved. */
export function changedText(approved: IssueText, now: IssueText): "title" | "body" | null {
  if (approved.title !== now.title) return "title";
  return approved.body === now.body ? null : "body";
}
