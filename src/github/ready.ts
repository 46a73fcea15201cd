import type { GitHubAccess } from "./access.ts";
import { limitWait, messageOf, statusOf } from "./errors.ts";

const ready = `mutation markReady($id: ID!) { markPullRequestReadyForReview(input: { pullRequestId: $id }) { clientMutationId } }`;
const draft = `mutation markDraft($id: ID!) { convertPullRequestToDraft(input: { pullRequestId: $id }) { clientMutationId } }`;

/** Marks a pull request as ready for review, or as a draft again; null, or why GitHub does not let it. REST has no such request. */
export async function markAs(
  { octokit, repository }: GitHubAccess,
  pullRequest: number,
  as: "ready" | "draft",
): Promise<string | null> {
  try {
    const { data } = await octokit.rest.pulls.get({ ...repository, pull_number: pullRequest });
    if ((as === "draft") === (data.draft === true)) return null;
    await octokit.graphql(as === "ready" ? ready : draft, { id: data.node_id });
    return null;
  } catch (error) {
    const status = statusOf(error);
    if (limitWait(error) !== null) throw error;
    if (status === 403 || status === 404)
      return messageOf((error as { response?: { data?: unknown } }).response?.data);
    const { errors } = error as { errors?: readonly { readonly message?: string }[] };
    if (status === null && Array.isArray(errors)) return errors[0]?.message ?? "GitHub refused it";
    throw error;
  }
}
