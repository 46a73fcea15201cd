import type { GitHubAccess } from "./access.ts";
import { orProblem, statusOf } from "./errors.ts";
import { commentMarker, noteMarker, withMarkers } from "./marker.ts";

export interface StickyComment {
  readonly id: number;
  readonly url: string;
}

interface Found extends StickyComment {
  readonly body: string;
}

/** What is said anew: how things stand, a note below that on what was asked for meanwhile, or both, as one text without a note. */
export type Part = "status" | "note" | "both";

/**
 * One comment of our own on an issue or pull request, found by its marker and kept current. Returns a function that
 * says what it shall say now: nothing is sent if it says so already, and one text is sent after the other. A status leaves
 * the note as it is, and a note the status, whoever of us wrote it.
 */
export function stickyComment(
  access: GitHubAccess,
  issue: number,
  key = "status",
): (text: string, part?: Part) => Promise<StickyComment> {
  const marker = commentMarker(key);
  let current: Found | null = null;
  let last: Promise<unknown> = Promise.resolve();

  const show = (text: string, part: Part) =>
    orProblem(access, async (): Promise<StickyComment> => {
      // What another process wrote there meanwhile is to stay.
      if (current !== null && part !== "both") current = await read(access, current.id);
      const found = current ?? (await find(access, issue, marker));
      const body = withMarkers(withPart(found?.body ?? "", text, part), [marker]);
      const shown = found && (found.body === body ? found : await update(access, found.id, body));
      current = shown ?? (await create(access, issue, body, marker));
      return { id: current.id, url: current.url };
    });

  return (text, part = "both") => {
    const next = last.catch(() => {}).then(() => show(text, part));
    last = next;
    return next;
  };
}

/** What our comment on an issue says of how things stand, without its own marker; "" where there is none of ours. */
export function readStatus(access: GitHubAccess, issue: number): Promise<string> {
  return orProblem(access, async () => {
    const found = await find(access, issue, commentMarker("status"));
    return plain(partsOf(found?.body.replaceAll("\r", "") ?? "")[0]);
  });
}

function partsOf(body: string): [status: string, note: string] {
  const at = body.indexOf(noteMarker);
  return at < 0 ? [body, ""] : [body.slice(0, at), body.slice(at + noteMarker.length)];
}

const plain = (piece: string) =>
  piece
    .replace(/(\s*<!-- firstdraft:[a-z-]+ -->)+\s*$/, "")
    .replace(/\s---\s*$/, "")
    .trim();

/** A comment's text, as it shall be, from its body as it is. */
function withPart(body: string, text: string, part: Part): string {
  if (part === "both") return text;
  const [status, note] = partsOf(body);
  const [above, below] = part === "note" ? [plain(status), text] : [text, plain(note)];
  const noted = below === "" ? [] : [`${noteMarker}\n\n${below}`];
  return [...(above === "" ? [] : [above]), ...noted].join("\n\n---\n\n");
}

async function read({ octokit, repository }: GitHubAccess, id: number): Promise<Found | null> {
  try {
    return toFound((await octokit.rest.issues.getComment({ ...repository, comment_id: id })).data);
  } catch (error) {
    if (statusOf(error) === 404) return null;
    throw error;
  }
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
