import type { GitHubAccess } from "./access.ts";
import { orProblem } from "./errors.ts";

// What GitHub itself holds to close an issue: closing keywords and links by hand. REST does not say.
// https://docs.github.com/en/graphql/reference/objects#issue
const question = `query closingPullRequests($owner: String!, $repo: String!, $number: Int!) {
  repository(owner: $owner, name: $repo) {
    issue(number: $number) {
      closedByPullRequestsReferences(first: 20, includeClosedPrs: false) {
        nodes { number author { login } repository { nameWithOwner } }
      }
    }
  }
}`;

interface Node {
  readonly number: number;
  readonly author: { readonly login: string } | null;
  readonly repository: { readonly nameWithOwner: string };
}

interface Answer {
  readonly repository: {
    readonly issue: {
      /** null: one that we may not see. */
      readonly closedByPullRequestsReferences: { readonly nodes: readonly (Node | null)[] };
    };
  };
}

export interface ClosingPullRequest {
  readonly number: number;
  readonly author: string;
  /** `owner/repo`. */
  readonly repository: string;
}

/** The open pull requests that close an issue when they are merged, whosever they are: the first twenty. */
export function closingPullRequests(access: GitHubAccess, issue: number): Promise<ClosingPullRequest[]> {
  const { octokit, repository } = access;
  return orProblem(access, async () => {
    const answer: Answer | null = await octokit
      .graphql<Answer>(question, { ...repository, number: issue })
      .catch(unknownToServer);
    if (answer === null) return [];
    return answer.repository.issue.closedByPullRequestsReferences.nodes.flatMap((node) =>
      node === null
        ? []
        : {
            number: node.number,
            author: node.author?.login ?? "ghost",
            repository: node.repository.nameWithOwner,
          },
    );
  });
}

/** An Enterprise Server from before 2024 has no such field, and knows of no such links: null. */
function unknownToServer(error: unknown): null {
  const { errors = [] } = (error ?? {}) as { errors?: readonly { readonly message?: string }[] };
  if (errors.some(({ message }) => /closedByPullRequestsReferences.* doesn't exist/i.test(message ?? "")))
    return null;
  throw error;
}
