import type { GitHubAccess } from "./access.ts";
import { orProblem, statusOf } from "./errors.ts";
import { commentMarker, withMarkers } from "./marker.ts";

// REST does not say which threads are resolved. A thread's remarks name its first one there (`in_reply_to_id`).
// https://docs.github.com/en/graphql/reference/objects#pullrequestreviewthread
const question = `query reviewThreads($owner: String!, $repo: String!, $number: Int!, $after: String) {
  repository(owner: $owner, name: $repo) {
    pullRequest(number: $number) {
      reviewThreads(first: 100, after: $after) {
        pageInfo { hasNextPage endCursor }
        nodes { isResolved comments(first: 1) { nodes { databaseId } } }
      }
    }
  }
}`;

interface Answer {
  readonly repository: {
    readonly pullRequest: {
      readonly reviewThreads: {
        readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
        readonly nodes: readonly {
          readonly isResolved: boolean;
          readonly comments: { readonly nodes: readonly { readonly databaseId: number | null }[] };
        }[];
      };
    };
  };
}

/** The review threads of a pull request that somebody resolved, each by the REST id of its first remark. */
export function resolvedThreads(access: GitHubAccess, number: number): Promise<ReadonlySet<number>> {
  const { octokit, repository } = access;
  return orProblem(access, async () => {
    const resolved = new Set<number>();
    for (let after: string | null = null; ; ) {
      const answer: Answer = await octokit.graphql(question, { ...repository, number, after });
      const { nodes, pageInfo } = answer.repository.pullRequest.reviewThreads;
      for (const { isResolved, comments } of nodes) {
        const first = comments.nodes[0]?.databaseId ?? null;
        if (isResolved && first !== null) resolved.add(first);
      }
      if (!pageInfo.hasNextPage) return resolved;
      after = pageInfo.endCursor;
    }
  });
}

const endOfAnswer = /\s*<!-- firstdraft:answer-\w+ -->\s*$/;

/** Whether a remark, where it is ours, is an answer. */
export const isAnswer = (body: string): boolean => endOfAnswer.test(body);

/** The words of an answer. */
export const withoutMarkers = (body: string): string => body.replace(endOfAnswer, "");

/** Answers in the thread of a remark, unless `key` was answered there already. */
export function answerThread(
  access: GitHubAccess,
  pullRequest: number,
  thread: number,
  text: string,
  key: string,
): Promise<void> {
  const { octokit, repository, login } = access;
  const marker = commentMarker(`answer-${key}`);
  const at = { ...repository, pull_number: pullRequest };
  return orProblem(access, async () => {
    const remarks = await octokit.paginate(octokit.rest.pulls.listReviewComments, { ...at, per_page: 100 });
    const isDone = remarks.some(
      ({ in_reply_to_id, user, body }) =>
        in_reply_to_id === thread &&
        user?.login.toLowerCase() === login.toLowerCase() &&
        body.includes(marker),
    );
    if (isDone) return;
    const body = withMarkers(text, [marker]);
    await octokit.rest.pulls
      .createReplyForReviewComment({ ...at, comment_id: thread, body })
      .catch((error: unknown) => {
        // Whoever made the remark has deleted it meanwhile.
        if (statusOf(error) !== 404) throw error;
      });
  });
}
