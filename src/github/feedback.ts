import { Problem } from "../log/problem.ts";
import type { GitHubAccess } from "./access.ts";
import { orProblem } from "./errors.ts";
import { mayWrite } from "./permission.ts";
import { isAnswer, resolvedThreads, withoutMarkers } from "./threads.ts";

/**
 * Something that a person with write access said about a pull request; as `answer`, what we answered in a thread; or, as
 * `check`, what anybody's code printed in one that failed.
 */
export interface FeedbackItem {
  readonly kind: "review" | "line" | "answer" | "comment" | "check";
  readonly author: string;
  /** Of a remark on a line: where. */
  readonly path: string | null;
  readonly line: number | null;
  /** Of one on several lines: the first of them. */
  readonly from?: number | undefined;
  readonly body: string;
  /** Of a remark in a thread that waits for an answer: the REST id of its first comment. */
  readonly thread?: number | undefined;
  /** Of a comment: its id. */
  readonly comment?: number;
  /** Of a check: what of it could not be had, its job's log or any word of why it failed. */
  readonly lacks?: "log" | "words" | undefined;
  /** ISO 8601. */
  readonly at: string;
}

interface Said extends FeedbackItem {
  readonly isPerson: boolean;
}

/**
 * Reviews, remarks on lines and comments, oldest first, those of one thread together; only what people with write access
 * said, only after `since`, and nothing of a thread that somebody resolved.
 */
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
  const isOwn = ({ author }: Said) => author.toLowerCase() === access.login.toLowerCase();
  const wanted = all.flatMap((one): Said[] => {
    if (isOwn(one)) return one.kind === "line" && isAnswer(one.body) ? [answer(one)] : [];
    return one.isPerson && one.body.trim() !== "" && one.at > since ? [one] : [];
  });
  const writers = new Set<string>();
  for (const author of new Set(wanted.filter((one) => !isOwn(one)).map((item) => item.author))) {
    if (await mayStillWrite(access, author)) writers.add(author);
  }
  const said = wanted
    .filter((one) => one.kind === "answer" || writers.has(one.author))
    .sort(byThread(wanted))
    .map(({ isPerson: _, ...item }) => item);
  return withoutAnswered(said);
}

const answer = (one: Said): Said => ({ ...one, kind: "answer", body: withoutMarkers(one.body) });

/** In order: a thread whose last word is ours waits for no answer, and one in which nobody else counts is left out. */
function withoutAnswered(said: readonly FeedbackItem[]): FeedbackItem[] {
  const last = new Map(said.map(({ thread, kind }) => [thread, kind]));
  const asked = new Set(said.filter(({ kind }) => kind === "line").map(({ thread }) => thread));
  return said
    .filter(({ kind, thread }) => kind !== "answer" || asked.has(thread))
    .map(({ thread, ...item }) =>
      thread === undefined || last.get(thread) === "answer" ? item : { ...item, thread },
    );
}

async function reviews({ octokit, repository }: GitHubAccess, number: number): Promise<Said[]> {
  const list = await octokit.paginate(octokit.rest.pulls.listReviews, {
    ...repository,
    pull_number: number,
    per_page: 100,
  });
  return list.map(({ user, body, submitted_at: at = "" }) => said("review", user, body, at));
}

async function remarks(access: GitHubAccess, number: number): Promise<Said[]> {
  const { octokit, repository } = access;
  const list = await octokit.paginate(octokit.rest.pulls.listReviewComments, {
    ...repository,
    pull_number: number,
    per_page: 100,
  });
  const resolved = list.length === 0 ? new Set() : await resolvedThreads(access, number);
  const open = list
    .map((one) => ({ ...one, thread: one.in_reply_to_id ?? one.id }))
    .filter(({ thread }) => !resolved.has(thread));
  return open.map(({ user, body, path, created_at, thread, ...at }) => {
    const [from, line] =
      (at.line ?? null) === null
        ? // Once the branch has moved on, only the original lines are left.
          [at.original_start_line, at.original_line]
        : [at.start_line, at.line];
    const several = from === undefined || from === null || from === line ? {} : { from };
    return { ...said("line", user, body, created_at), ...{ path, thread, line: line ?? null }, ...several };
  });
}

async function comments({ octokit, repository }: GitHubAccess, number: number): Promise<Said[]> {
  const list = await octokit.paginate(octokit.rest.issues.listComments, {
    ...repository,
    issue_number: number,
    per_page: 100,
  });
  return list.map(({ id, user, body = "", created_at }) => ({
    ...said("comment", user, body, created_at),
    comment: id,
  }));
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

/** Oldest first, but what answers a remark right below it. */
function byThread(all: readonly FeedbackItem[]) {
  const since = new Map<number, string>();
  for (const { thread, at } of all)
    if (thread !== undefined && at < (since.get(thread) ?? "~")) since.set(thread, at);
  const of = ({ thread, at }: FeedbackItem) => (thread === undefined ? at : (since.get(thread) ?? at));
  return (left: FeedbackItem, right: FeedbackItem) =>
    of(left).localeCompare(of(right)) ||
    (left.thread ?? 0) - (right.thread ?? 0) ||
    left.at.localeCompare(right.at);
}
