import type { GitHubAccess } from "../github/access.ts";
import type { PullRequest } from "../github/pull-request.ts";
import { readStatus, stickyComment } from "../github/sticky-comment.ts";
import { waiting, withChecksWord } from "../report/checks-line.ts";

/**
 * Says on the issue of a draft how its checks stand, where our comment there links it, and says it otherwise. While they are
 * waited for, nothing is left of what was said of an earlier correction.
 */
export async function sayOnIssue(
  access: GitHubAccess,
  { number, issue }: Pick<PullRequest, "number" | "issue">,
  word: string,
): Promise<void> {
  if (issue === null) return;
  const status = await readStatus(access, issue);
  const said = withChecksWord(status, number, word);
  if (said === null) return;
  const say = stickyComment(access, issue);
  if (said !== status) await say(said, "status");
  if (word === waiting) await say("", "correction");
}
