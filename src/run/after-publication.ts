import type { GitHubAccess } from "../github/access.ts";
import { withPartOf } from "../github/body-part.ts";
import { orProblem, unlessRefused } from "../github/errors.ts";
import { readPullRequest } from "../github/pull-request.ts";
import { workflowPaths } from "../github/workflows.ts";
import { notMarked, notStarted } from "../report/pull-request/checks.ts";
import { settleReady } from "./settle-ready.ts";

/** What follows a publication: ready for review, where that is due by now, and a word on workflows that will not start. */
export async function afterPublication(
  access: GitHubAccess,
  number: number,
  { isDue, waits }: { readonly isDue: boolean; readonly waits: string | null },
): Promise<void> {
  const why = await settleReady(access, number, isDue);
  const said = (await startsNothing(access)) ? notStarted : waits;
  if (why !== null) await writePart(access, number, notMarked(why, said));
  else if (said === notStarted) await writePart(access, number, said);
}

/** Writes our part on the checks into a pull request's text, where it says something else. */
export async function writePart(access: GitHubAccess, number: number, part: string): Promise<void> {
  const pullRequest = await readPullRequest(access, number);
  if (pullRequest === null) return;
  const body = withPartOf(pullRequest.body, part);
  if (body === pullRequest.body) return;
  await orProblem(access, () =>
    access.octokit.rest.pulls.update({ ...access.repository, pull_number: number, body }),
  );
}

/** Whether the repository has workflows for pull requests or pushes, and our token starts none. */
async function startsNothing(access: GitHubAccess): Promise<boolean> {
  const { octokit, repository, login } = access;
  if (login !== "github-actions[bot]") return false;
  return orProblem({ repository }, async () => {
    for (const path of (await workflowPaths(access)).slice(0, 20)) {
      const file = await unlessRefused(octokit.rest.repos.getContent({ ...repository, path }));
      const text = file && "content" in file.data ? Buffer.from(file.data.content, "base64").toString() : "";
      if (/^[^#\n]*\b(?:pull_request|push)\b(?=\s*[:,\]\n]|\s*$)/m.test(text)) return true;
    }
    return false;
  });
}
