import { Problem } from "../log/problem.ts";
import type { GitHubAccess } from "./access.ts";
import { orProblem } from "./errors.ts";
import { mayWrite } from "./permission.ts";

/** Something that a person with write access said about a pull request. */
export interface FeedbackItem {
  readonly kind: "review" | "line" | "comment";
  readonly author: string;
  /** Of a remark on a line: where. */
  readonly path: string | null;
  readonly line: number | null;
  readonly body: string;
  /** ISO 8601. */
  readonly at: string;
}

interface Said extends FeedbackItem {
  readonly isPerson: boolean;
}

/** Reviews, remarks on lines and comments, oldest first; only what people with write access said, and only after `since`. */
export async function readFeedback(
  access: GitHubAccess,
  number: number,
  since = "",
): Promise<FeedbackItem[]> {
  const all = await orProblem(access, async () => [
    ...(await reviews(access, number)),
    ...(await remarks(access, number)),
    ...(await comments(access, number)),
  ]);
  const wanted = all.filter(
    ({ isPerson, author, body, at }) =>
      isPerson && author.toLowerCase() !== access.login.toLowerCase() && body.trim() !== "" && at > since,
  );
  const writers = new Set<string>();
  for (const author of new Set(wanted.map((item) => item.author))) {
    if (await mayStillWrite(access, author)) writers.add(author);
  }
  return wanted
    .filter(({ author }) => writers.has(author))
    .sort((left, right) => left.at.localeCompare(right.at))
    .map(({ isPerson: _, ...item }) => item);
}

async function reviews({ octokit, repository }: GitHubAccess, number: number): Promise<Said[]> {
  const list = await octokit.paginate(octokit.rest.pulls.listReviews, {
    ...repository,
    pull_number: number,
    per_page: 100,
  });
  return list.map(({ user, body, submitted_at: at = "" }) => said("review", user, body, at));
}

async function remarks({ octokit, repository }: GitHubAccess, number: number): Promise<Said[]> {
  const list = await octokit.paginate(octokit.rest.pulls.listReviewComments, {
    ...repository,
    pull_number: number,
    per_page: 100,
  });
  return list.map(({ user, body, path, line, original_line, created_at }) => ({
    ...said("line", user, body, created_at),
    path,
    // Once the branch has moved on, only the original line is left.
    line: line ?? original_line ?? null,
  }));
}

async function comments({ octokit, repository }: GitHubAccess, number: number): Promise<Said[]> {
  const list = await octokit.paginate(octokit.rest.issues.listComments, {
    ...repository,
    issue_number: number,
    per_page: 100,
  });
  return list.map(({ user, body = "", created_at }) => said("comment", user, body, created_at));
}

function said(
  kind: FeedbackItem["kind"],
  user: { readonly login: string; readonly type: string } | null,
  body: string,
  at: string,
): Said {
  const author = user?.login ?? "ghost";
  return { kind, author, path: null, line: null, body, at, isPerson: user?.type === "User" };
}

/** Somebody whose account is gone can no longer stand for what they said. */
async function mayStillWrite(access: GitHubAccess, login: string): Promise<boolean> {
  try {
    return await mayWrite(access, login);
  } catch (error) {
    if (error instanceof Problem && error.code === "github-not-found") return false;
    throw error;
  }
}
