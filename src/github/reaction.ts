import type { GitHubAccess } from "./access.ts";

/**
 * Shows on somebody's comment that it was read: `eyes` for what is done, `confused` for what is not, for which there are
 * words elsewhere. It is a sign and no more: one that GitHub does not let us give is left out.
 */
export async function acknowledge(
  { octokit, repository }: GitHubAccess,
  comment: number,
  content: "eyes" | "confused",
): Promise<void> {
  await octokit.rest.reactions
    .createForIssueComment({ ...repository, comment_id: comment, content })
    .catch(() => {});
}
