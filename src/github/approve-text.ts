import type { IssueText } from "../job/job.ts";
import type { GitHubAccess } from "./access.ts";
import { orProblem } from "./errors.ts";
import { textDigest } from "./issue.ts";
import { textMarker } from "./marker.ts";
import { branchFor, findPullRequest, isOwn } from "./pull-request.ts";

/**
 * Notes on an issue's open draft that this text of the issue is the approved one by now, so that what is asked for on the
 * draft goes on with it. Who approved it has to have the right to.
 */
export async function approveText(access: GitHubAccess, issue: IssueText): Promise<void> {
  const draft = await findPullRequest(access, branchFor(issue.number));
  const before = draft?.approvedText ?? null;
  const now = textDigest(issue);
  if (draft === null || !isOwn(access, draft) || before === null || before === now) return;
  const at = draft.body.lastIndexOf(textMarker(before));
  const body = `${draft.body.slice(0, at)}${textMarker(now)}${draft.body.slice(at + textMarker(before).length)}`;
  await orProblem(access, () =>
    access.octokit.rest.pulls.update({ ...access.repository, pull_number: draft.number, body }),
  );
}
