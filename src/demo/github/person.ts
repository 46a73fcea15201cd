import { branches, commit, defaultBranch, entriesOf } from "./git.ts";
import type { Call, Mirror } from "./mirror.ts";
import type { Json, Person } from "./types.ts";

/** Somebody at work, as GitHub sees it: `call` speaks with their token. */
export function createPerson(login: string, call: Call, mirror: (repository: string) => Mirror): Person {
  const need = async (method: string, path: string, body?: unknown): Promise<Json> => {
    const answer = await call(method, path, body);
    if (answer.status < 300) return answer.body;
    throw new Error(`${login}: ${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
  };
  const issue = (repository: string, number: number) => `/repos/${repository}/issues/${number}`;
  const pull = (repository: string, number: number) => `/repos/${repository}/pulls/${number}`;

  return {
    openIssue: (repository, text) => need("POST", `/repos/${repository}/issues`, text),
    editIssue: (repository, number, change) => need("PATCH", issue(repository, number), change),
    label: (repository, number, label) =>
      need("POST", `${issue(repository, number)}/labels`, { labels: [label] }),
    unlabel: (repository, number, label) =>
      need("DELETE", `${issue(repository, number)}/labels/${encodeURIComponent(label)}`),
    comment: (repository, number, body) => need("POST", `${issue(repository, number)}/comments`, { body }),
    review: (repository, number, body, event = "COMMENT") =>
      need("POST", `${pull(repository, number)}/reviews`, { body, event }),
    resolve: async (threadId) => {
      const query = "mutation resolveReviewThread { resolveReviewThread { clientMutationId } }";
      await need("POST", "/graphql", { query, variables: { threadId } });
    },
    reviewComment: (repository, number, at) =>
      need("POST", `${pull(repository, number)}/comments`, { ...at, side: "RIGHT" }),
    async push(repository, branch, { message, files }) {
      const { gitDir, toApi, toGit } = mirror(repository);
      await toGit();
      const heads = await branches(gitDir);
      const from = heads.get(`refs/heads/${branch}`) ?? heads.get(await defaultBranch(gitDir));
      const sha = await commit(gitDir, { branch, from, login, message, files: entriesOf(files) });
      await toApi();
      return sha;
    },
    request: call,
  };
}
