import { Problem } from "../log/problem.ts";
import type { GitHubAccess } from "./access.ts";
import { deleteRef } from "./delete-ref.ts";
import { orProblem, statusOf } from "./errors.ts";
import { commitTrailer, withTrailer } from "./marker.ts";
import { createTree, type PublishedChange } from "./tree.ts";

export interface Publication {
  /** Always below `firstdraft/`. */
  readonly branch: string;
  /** The commit that the change is a change of, and its tree. */
  readonly base: { readonly commit: string; readonly tree: string };
  /** The tree that was proved: what is published is this, by its hash. */
  readonly tree: string;
  readonly changes: readonly PublishedChange[];
  readonly message: string;
  /** The commit that was made of it before, if there is one. */
  readonly made: string | null;
  /** Called with the commit before the branch is moved to it, so that it stays whatever the branch shows later. */
  readonly keep: (commit: string) => Promise<unknown>;
  /** Whether the branch is moved at all: false leaves it where it is. */
  readonly shows: boolean;
  /** The commit that the branch was last published with, if the pull request says so. */
  readonly publishedHead: string | null;
  /** The commits of the attempts that were kept: ours too, whatever the pull request says. */
  readonly kept?: readonly string[];
  /** The branch's head, where it is somebody else's and may be replaced all the same, and the reference where it stays. */
  readonly replaces?: { readonly head: string; readonly keptAt: string } | null;
  /** Whether it is one more commit on top of the branch: then that has to stand at its base, whoever of us moved it. */
  readonly onTop?: boolean;
  /** Throws what stands against it by now. Asked when all is uploaded, right before the branch is moved. */
  readonly stillWanted: () => Promise<unknown>;
}

export interface Published {
  readonly commit: string;
  /** True where the branch held this very change already. */
  readonly unchanged: boolean;
}

/**
 * Makes the proved tree one commit on top of its base, and the branch's head. A branch that stands on somebody else's
 * commit is left alone: problem `branch-moved`, or `revised-moved` where it is to be one more on top. Names no author, so that GitHub signs an App's commit.
 */
export function publish(access: GitHubAccess, publication: Publication): Promise<Published> {
  const { branch, base, stillWanted, keep, shows, replaces = null, onTop = false } = publication;
  if (!branch.startsWith("firstdraft/")) throw new Error(`${branch} is not ours to write`);
  return orProblem(access, async () => {
    const head = await readHead(access, branch);
    if (head && (await holds(access, head, publication))) {
      await keep(head);
      return { commit: head, unchanged: true };
    }
    const replaced = replaces !== null && head === replaces.head ? replaces : null;
    if (onTop && head !== null && head !== base.commit) throw new Problem("revised-moved", { branch });
    if (replaced === null) await requireOwn(access, head, publication);
    const commit = publication.made ?? (await createCommit(access, publication));
    await stillWanted();
    await keep(commit);
    if (shows && replaced !== null) await createRef(access, replaced.keptAt, replaced.head);
    if (shows) await setBranch(access, branch, { from: head, to: commit, force: !onTop });
    return { commit, unchanged: false };
  });
}

/** Makes a commit that was published before the branch's head again. Problem `branch-moved` as `publish` has it. */
export function showCommit(access: GitHubAccess, branch: OwnBranch, commit: string): Promise<void> {
  return orProblem(access, async () => {
    const head = await readHead(access, branch.branch);
    // Cut off after its last step, it is not done again, and so not held against who asks again.
    if (head === commit) return;
    await requireOwn(access, head, branch);
    await setBranch(access, branch.branch, { from: head, to: commit, force: true });
  });
}

/** Deletes a branch that stands on this commit of ours; one that stands elsewhere stays. */
export function dropBranch(access: GitHubAccess, branch: string, commit: string): Promise<void> {
  return orProblem(access, async () => {
    if ((await readHead(access, branch)) === commit) await deleteRef(access, `heads/${branch}`);
  });
}

async function createCommit(
  access: GitHubAccess,
  { branch, base, tree, changes, message }: Publication,
): Promise<string> {
  const built = await createTree(access, base.tree, changes);
  if (built !== tree) throw new Problem("tree-mismatch", { built, proved: tree });
  const { data } = await access.octokit.rest.git.createCommit({
    ...access.repository,
    message: withTrailer(message, commitTrailer(branch)),
    tree,
    parents: [base.commit],
  });
  return data.sha;
}

type OwnBranch = Pick<Publication, "branch" | "publishedHead" | "kept">;

/** The head of a branch that stands on somebody else's commit; null: there is no such branch, or it stands on one of ours. */
export function foreignHead(access: GitHubAccess, branch: OwnBranch): Promise<string | null> {
  return orProblem(access, async () => {
    const head = await readHead(access, branch.branch);
    return head !== null && (await isOurs(access, head, branch)) ? null : head;
  });
}

/** Throws where a branch, if there is one, stands on somebody else's commit. */
async function requireOwn(access: GitHubAccess, head: string | null, branch: OwnBranch): Promise<void> {
  if (head && !(await isOurs(access, head, branch))) throw moved(branch.branch, head);
}

async function setBranch(
  access: GitHubAccess,
  branch: string,
  { from, to, force }: { readonly from: string | null; readonly to: string; readonly force: boolean },
): Promise<void> {
  // Immediately before: somebody may have pushed, or deleted the branch, while the tree was made.
  const now = await readHead(access, branch);
  if (now === null) return createBranch(access, branch, to);
  if (now !== from) throw force ? moved(branch, now) : new Problem("revised-moved", { branch });
  const at = { ...access.repository, ref: `heads/${branch}` };
  try {
    await access.octokit.rest.git.updateRef({ ...at, sha: to, force });
  } catch (error) {
    if (force || statusOf(error) !== 422 || (await readHead(access, branch)) === from) throw error;
    // Of two on top of one commit that come between our look and this, GitHub takes the first.
    throw new Problem("revised-moved", { branch });
  }
}

/** When a commit of ours was made, by GitHub's clock, as ISO 8601; null if it is no longer there. */
export function madeAt({ octokit, repository }: GitHubAccess, commit: string): Promise<string | null> {
  return orProblem({ repository }, async () => {
    try {
      const { data } = await octokit.rest.git.getCommit({ ...repository, commit_sha: commit });
      return data.committer.date;
    } catch (error) {
      if (statusOf(error) === 404) return null;
      throw error;
    }
  });
}

async function readHead({ octokit, repository }: GitHubAccess, branch: string): Promise<string | null> {
  try {
    return (await octokit.rest.git.getRef({ ...repository, ref: `heads/${branch}` })).data.object.sha;
  } catch (error) {
    if (statusOf(error) === 404) return null;
    throw error;
  }
}

/** Keeps a commit at a reference; one that is there stays: its name says which commit it is. */
async function createRef({ octokit, repository }: GitHubAccess, ref: string, sha: string): Promise<void> {
  try {
    await octokit.rest.git.createRef({ ...repository, ref, sha });
  } catch (error) {
    if (statusOf(error) !== 422) throw error;
    const { data } = await octokit.rest.git.getRef({ ...repository, ref: ref.replace(/^refs\//, "") });
    if (data.object.sha !== sha) throw error;
  }
}

async function createBranch(access: GitHubAccess, branch: string, sha: string): Promise<void> {
  const { octokit, repository } = access;
  try {
    await octokit.rest.git.createRef({ ...repository, ref: `refs/heads/${branch}`, sha });
  } catch (error) {
    // Made by somebody since we looked, or by a request of ours whose answer was lost.
    const made = statusOf(error) === 422 ? await readHead(access, branch) : null;
    if (made === sha) return;
    throw made ? moved(branch, made) : error;
  }
}

/** A publication that was cut off after its last step is not made again. */
async function holds(
  { octokit, repository }: GitHubAccess,
  head: string,
  { tree, base }: Publication,
): Promise<boolean> {
  const { data } = await octokit.rest.git.getCommit({ ...repository, commit_sha: head });
  return data.tree.sha === tree && data.parents.length === 1 && data.parents[0]?.sha === base.commit;
}

/** Only what was recorded, or what nobody but our App can have made: a person's token also makes that person's commits. */
async function isOurs(
  access: GitHubAccess,
  head: string,
  { branch, publishedHead, kept = [] }: OwnBranch,
): Promise<boolean> {
  if (head === publishedHead || kept.includes(head)) return true;
  const { octokit, repository, login } = access;
  if (!login.endsWith("[bot]")) return false;
  return isByApp((await octokit.rest.repos.getCommit({ ...repository, ref: head })).data, { login, branch });
}

/** A commit, as GitHub shows it. */
interface Authored {
  readonly author: { readonly login?: string } | null;
  readonly committer: { readonly login?: string } | null;
  readonly commit: { readonly message: string };
}

/** Whether nobody but the App of this login can have made a commit for a branch; never so for a person's token. */
export function isByApp(
  { author, committer, commit }: Authored,
  { login, branch }: { readonly login: string; readonly branch: string },
): boolean {
  // GitHub itself (web-flow) commits what is made through its API.
  const isCommitter = committer?.login === login || committer?.login === "web-flow";
  const isAuthor = login.endsWith("[bot]") && author?.login === login;
  return isAuthor && isCommitter && commit.message.includes(commitTrailer(branch));
}

const moved = (branch: string, head: string) =>
  new Problem("branch-moved", { branch, head: head.slice(0, 12) });
