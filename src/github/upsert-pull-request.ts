import { Problem } from "../log/problem.ts";
import type { GitHubAccess } from "./access.ts";
import { type Agreed, packed } from "./agreed.ts";
import { partOf, withPartOf } from "./body-part.ts";
import { messageOf, orProblem, statusOf } from "./errors.ts";
import {
  agreedMarker,
  attemptMarker,
  hasReadyMarker,
  headMarker,
  issueMarker,
  madeMarker,
  textMarker,
  withMarkers,
  withReadyMarker,
} from "./marker.ts";
import { findPullRequest, isOwn, type PullRequest, toPullRequest } from "./pull-request.ts";
import { readRepository } from "./repository.ts";

export interface PullRequestText {
  readonly branch: string;
  readonly issue: number;
  /** The commit that was published on the branch. */
  readonly headSha: string;
  /** The attempt that it shows, counted from 1, and how many there were. */
  readonly attempt: number;
  readonly made: number;
  /** `textDigest` of the issue as it was approved; null: not known. */
  readonly approvedText: string | null;
  readonly agreed: Agreed | null;
  readonly title: string;
  readonly body: string;
  /** Our part on the checks of a head that is new there; absent or null: none. */
  readonly checks?: string | null;
}

export interface UpsertedPullRequest {
  readonly number: number;
  readonly url: string;
  readonly created: boolean;
  /** False where the repository's plan has no drafts: the title then says so instead. */
  readonly draft: boolean;
}

const titlePrefix = "[draft] ";

/** Opens the branch's draft pull request onto the default branch, or brings the open one up to date. */
export async function upsertPullRequest(
  access: GitHubAccess,
  text: PullRequestText,
): Promise<UpsertedPullRequest> {
  const bare = withMarkers(text.body, [
    issueMarker(text.issue),
    headMarker(text.headSha),
    attemptMarker(text.attempt),
    ...(text.made > text.attempt ? [madeMarker(text.made)] : []),
    ...(text.approvedText === null ? [] : [textMarker(text.approvedText)]),
    ...(text.agreed === null ? [] : [agreedMarker(packed(text.agreed))]),
  ]);
  const open = await findPullRequest(access, text.branch);
  // What was said of this very head stays.
  const said = open?.publishedHead === text.headSha ? partOf(open.body) : null;
  const part = said ?? text.checks ?? null;
  const body = part === null ? bare : withPartOf(bare, part);
  if (open) return update(access, open, text.title, body);
  const { defaultBranch } = await readRepository(access);
  return orProblem(access, async () => {
    const fields = { ...access.repository, head: text.branch, base: defaultBranch, title: text.title, body };
    try {
      return await create(access, { ...fields, draft: true });
    } catch (error) {
      if (draftsAreRefused(error)) {
        return create(access, { ...fields, title: `${titlePrefix}${text.title}`, draft: false });
      }
      // The answer may be lost though the pull request was made.
      const made = await findPullRequest(access, text.branch).catch(() => null);
      if (made) return update(access, made, text.title, body);
      throw error;
    }
  });
}

type Fields = NonNullable<Parameters<GitHubAccess["octokit"]["rest"]["pulls"]["create"]>[0]>;

async function create(access: GitHubAccess, fields: Fields): Promise<UpsertedPullRequest> {
  // Not to be sent twice: the second would be refused, and hide that the first was made.
  const { data } = await access.octokit.rest.pulls.create({ ...fields, request: { retries: 0 } });
  const { number, url, draft } = toPullRequest(data);
  return { number, url, created: true, draft };
}

function update(
  access: GitHubAccess,
  open: PullRequest,
  wanted: string,
  made: string,
): Promise<UpsertedPullRequest> {
  return orProblem(access, async () => {
    const { number, url, draft, branch } = open;
    const body = hasReadyMarker(open.body) ? withReadyMarker(made, true) : made;
    if (!isOwn(access, open))
      throw new Problem("pull-request-foreign", { number, branch, author: open.author });
    const title = open.title.startsWith(titlePrefix) && !draft ? `${titlePrefix}${wanted}` : wanted;
    if (open.title !== title || open.body !== body) {
      await access.octokit.rest.pulls.update({ ...access.repository, pull_number: number, title, body });
    }
    return { number, url, created: false, draft };
  });
}

function draftsAreRefused(error: unknown): boolean {
  const { response } = error as { response?: { data?: unknown } };
  return statusOf(error) === 422 && /draft pull requests are not supported/i.test(messageOf(response?.data));
}
