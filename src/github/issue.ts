import { createHash } from "node:crypto";
import type { IssueText } from "../job/job.ts";
import { Problem } from "../log/problem.ts";
import type { GitHubAccess } from "./access.ts";
import { orProblem } from "./errors.ts";
import { readRepository } from "./repository.ts";

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

/** Reads an issue. Throws `issue-transferred`: GitHub goes on to where it was moved, which nobody here has approved. */
export function readIssue(access: GitHubAccess, number: number): Promise<Issue> {
  return orProblem(access, async () => {
    const { data } = await access.octokit.rest.issues.get({ ...access.repository, issue_number: number });
    await requireHere(access, number, data);
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

async function requireHere(
  access: GitHubAccess,
  number: number,
  found: { readonly number: number; readonly repository_url: string },
): Promise<void> {
  const { owner, repo } = access.repository;
  const where = found.repository_url.split("/").slice(-2).join("/");
  const isOf = (name: string) => where.toLowerCase() === name.toLowerCase();
  // A repository that was renamed has the same issues under another name.
  const isHere =
    found.number === number && (isOf(`${owner}/${repo}`) || isOf((await readRepository(access)).fullName));
  if (!isHere) throw new Problem("issue-transferred", { issue: number, to: `${where}#${found.number}` });
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
