import type { GitHubAccess } from "./access.ts";
import { orProblem, statusOf } from "./errors.ts";
import { commentMarker, withMarkers } from "./marker.ts";

export interface StickyComment {
  readonly id: number;
  readonly url: string;
}

interface Found extends StickyComment {
  readonly body: string;
}

/**
 * One comment of our own on an issue or pull request, found by its marker and kept current. Returns a function that
 * says what it shall say now: nothing is sent if it says so already, and one text is sent after the other.
 */
export function stickyComment(
  access: GitHubAccess,
  issue: number,
  key = "status",
): (text: string) => Promise<StickyComment> {
  const marker = commentMarker(key);
  let current: Found | null = null;
  let last: Promise<unknown> = Promise.resolve();

  const show = (text: string) =>
    orProblem(access, async (): Promise<StickyComment> => {
      const body = withMarkers(text, [marker]);
      const found = current ?? (await find(access, issue, marker));
      const shown = found && (found.body === body ? found : await update(access, found.id, body));
      current = shown ?? (await create(access, issue, body, marker));
      return { id: current.id, url: current.url };
    });

  return (text) => {
    const next = last.catch(() => {}).then(() => show(text));
    last = next;
    return next;
  };
}

async function find(access: GitHubAccess, issue: number, marker: string): Promise<Found | null> {
  const { octokit, repository, login } = access;
  const parameters = { ...repository, issue_number: issue, per_page: 100 };
  for await (const { data } of octokit.paginate.iterator(octokit.rest.issues.listComments, parameters)) {
    const own = data.find(
      ({ user, body }) =>
        user?.login.toLowerCase() === login.toLowerCase() && body?.trimEnd().endsWith(marker),
    );
    if (own) return toFound(own);
  }
  return null;
}

/** Null if somebody deleted it meanwhile. */
async function update(
  { octokit, repository }: GitHubAccess,
  id: number,
  body: string,
): Promise<Found | null> {
  try {
    return toFound((await octokit.rest.issues.updateComment({ ...repository, comment_id: id, body })).data);
  } catch (error) {
    if (statusOf(error) === 404) return null;
    throw error;
  }
}

async function create(access: GitHubAccess, issue: number, body: string, marker: string): Promise<Found> {
  const { octokit, repository } = access;
  try {
    // Not to be sent twice: there would be two comments.
    const request = { retries: 0 };
    return toFound(
      (await octokit.rest.issues.createComment({ ...repository, issue_number: issue, body, request })).data,
    );
  } catch (error) {
    // The answer may be lost though the comment was made.
    if ((statusOf(error) ?? 0) < 500) throw error;
    const made = await find(access, issue, marker);
    if (made) return made;
    throw error;
  }
}

const toFound = (data: { id: number; html_url: string; body?: string }): Found => ({
  id: data.id,
  url: data.html_url,
  body: data.body ?? "",
});
