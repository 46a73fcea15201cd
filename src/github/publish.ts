import { Problem } from "../log/problem.ts";
import type { GitHubAccess } from "./access.ts";
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
  /** The commit that the branch was last published with, if the pull request says so. */
  readonly publishedHead: string | null;
}

export interface Published {
  readonly commit: string;
  /** True where the branch held this very change already. */
  readonly unchanged: boolean;
}

/**
 * Makes the proved tree one commit on top of its base, and the branch's head. A branch that stands on somebody else's
 * commit is left alone: problem `branch-moved`. Names no author, so that GitHub signs an App's commit.
 */
export function publish(access: GitHubAccess, publication: Publication): Promise<Published> {
  const { octokit, repository } = access;
  const { branch, base, tree, message } = publication;
  if (!branch.startsWith("firstdraft/")) throw new Error(`${branch} is not ours to write`);
  return orProblem(access, async () => {
    const head = await readHead(access, branch);
    if (head && (await holds(access, head, publication))) return { commit: head, unchanged: true };
    if (head && !(await isOurs(access, head, publication))) throw moved(branch, head);

    const built = await createTree(access, base.tree, publication.changes);
    if (built !== tree) throw new Problem("tree-mismatch", { built, proved: tree });
    const { data: commit } = await octokit.rest.git.createCommit({
      ...repository,
      message: withTrailer(message, commitTrailer(branch)),
      tree,
      parents: [base.commit],
    });

    // Immediately before: somebody may have pushed, or deleted the branch, while the tree was made.
    const now = await readHead(access, branch);
    if (now === null) await createBranch(access, branch, commit.sha);
    else if (now !== head) throw moved(branch, now);
    else
      await octokit.rest.git.updateRef({
        ...repository,
        ref: `heads/${branch}`,
        sha: commit.sha,
        force: true,
      });
    return { commit: commit.sha, unchanged: false };
  });
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
  { branch, publishedHead }: Publication,
): Promise<boolean> {
  if (head === publishedHead) return true;
  const { octokit, repository, login } = access;
  if (!login.endsWith("[bot]")) return false;
  const { data } = await octokit.rest.repos.getCommit({ ...repository, ref: head });
  // GitHub itself (web-flow) commits what is made through its API.
  const isCommitter = data.committer?.login === login || data.committer?.login === "web-flow";
  return data.author?.login === login && isCommitter && data.commit.message.includes(commitTrailer(branch));
}

const moved = (branch: string, head: string) =>
  new Problem("branch-moved", { branch, head: head.slice(0, 12) });
