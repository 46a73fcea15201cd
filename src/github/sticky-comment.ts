import type { GitHubAccess } from "./access.ts";
import { orProblem, statusOf } from "./errors.ts";
import { commentMarker, correctionMarker, noteMarker, withMarkers } from "./marker.ts";

export interface StickyComment {
  readonly id: number;
  readonly url: string;
}

interface Found extends StickyComment {
  readonly body: string;
}

/**
 * What is said anew: how things stand, how a correction of that stands ("" for none), a note below on what was asked for
 * meanwhile, or all of it, as one text.
 */
export type Part = "status" | "correction" | "note" | "both";

/**
 * One comment of our own on an issue or pull request, found by its marker and kept current. Returns a function that
 * says what it shall say now: nothing is sent if it says so already, and one text is sent after the other. Each part leaves
 * the others as they are, whoever of us wrote them.
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
    return partsOf(found?.body.replaceAll("\r", "") ?? "").status;
  });
}

type Parts = Record<Exclude<Part, "both">, string>;

function partsOf(body: string): Parts {
  const cut = (text: string, marker: string): [above: string, below: string] => {
    const at = text.indexOf(marker);
    return at < 0 ? [text, ""] : [text.slice(0, at), text.slice(at + marker.length)];
  };
  const [rest, note] = cut(body, noteMarker);
  const [status, correction] = cut(rest, correctionMarker);
  return { status: plain(status), correction: plain(correction), note: plain(note) };
}

const plain = (piece: string) =>
  piece
    .replace(/(\s*<!-- firstdraft:[a-z-]+ -->)+\s*$/, "")
    .replace(/\s---\s*$/, "")
    .trim();

/** A comment's text, as it shall be, from its body as it is. */
function withPart(body: string, text: string, part: Part): string {
  if (part === "both") return text;
  const parts: Parts = { ...partsOf(body), [part]: text };
  const { status, correction, note } = parts;
  const marked = (marker: string, below: string) => (below === "" ? "" : `${marker}\n\n${below}`);
  return [status, marked(correctionMarker, correction), marked(noteMarker, note)]
    .filter((one) => one !== "")
    .join("\n\n---\n\n");
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
