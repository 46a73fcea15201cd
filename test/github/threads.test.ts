import { afterAll, afterEach, beforeAll, expect, test } from "@jest/globals";
import nock from "nock";
import type { GitHubAccess } from "../../src/github/access.ts";
import { closingPullRequests } from "../../src/github/closing.ts";
import { connectWithToken } from "../../src/github/connect.ts";
import { answerThread, resolvedThreads } from "../../src/github/threads.ts";

const api = "https://github.test";
const repository = { owner: "acme", repo: "sums" };
let access: GitHubAccess;
beforeAll(async () => {
  nock.disableNetConnect();
  nock(api).get("/user").reply(200, { login: "bot" });
  access = await connectWithToken({ token: "a-token", apiUrl: api, repository, retries: 0 });
});
afterEach(() => {
  expect(nock.pendingMocks()).toEqual([]);
});
afterAll(() => {
  nock.enableNetConnect();
  nock.restore();
});

const page = (nodes: unknown[], endCursor: string | null) => ({
  data: {
    repository: {
      pullRequest: { reviewThreads: { pageInfo: { hasNextPage: endCursor !== null, endCursor }, nodes } },
    },
  },
});
const thread = (id: number | null, isResolved: boolean) => ({
  ...{ isResolved, comments: { nodes: id === null ? [] : [{ databaseId: id }] } },
});

test("all pages of threads are read, and the resolved ones named by their first remarks", async () => {
  const asked: unknown[] = [];
  const answer = (body: unknown) =>
    nock(api)
      .post("/graphql", ({ variables }) => asked.push(variables) > 0)
      .reply(200, body as object);
  answer(page([thread(1, true), thread(2, false), thread(null, true)], "next"));
  answer(page([thread(3, true)], null));
  expect([...(await resolvedThreads(access, 7))]).toEqual([1, 3]);
  const about = { ...repository, number: 7 };
  expect(asked).toEqual([
    { ...about, after: null },
    { ...about, after: "next" },
  ]);
});

test.each([
  ["NOT_FOUND", "github-not-found"],
  ["FORBIDDEN", "github-forbidden"],
  ["RATE_LIMITED", "github-rate-limit"],
  ["SOMETHING_NEW", "github-refused"],
])("what GraphQL refuses as %s is a problem like REST's", async (type, code) => {
  nock(api)
    .post("/graphql")
    .reply(200, { data: null, errors: [{ type, message: "No." }] });
  await expect(resolvedThreads(access, 7)).rejects.toMatchObject({ code });
});

test("a thread is answered once for each run, whoever copies our marker", async () => {
  const list = (remarks: object[]) =>
    nock(api).get("/repos/acme/sums/pulls/7/comments?per_page=100").reply(200, remarks);
  const said = { in_reply_to_id: 3, body: "Done.\n\n<!-- firstdraft:answer-run1 -->" };
  const post = () => {
    const bodies: string[] = [];
    nock(api)
      .post("/repos/acme/sums/pulls/7/comments/3/replies", ({ body }) => bodies.push(body) > 0)
      .reply(201, {});
    return () => bodies.at(-1) ?? "";
  };
  list([{ ...said, user: { login: "Bot" } }]);
  await answerThread(access, 7, 3, "Done.", "run1");
  const first = post();
  list([
    { ...said, user: { login: "mallory" } },
    { ...said, user: { login: "bot" }, in_reply_to_id: 4 },
  ]);
  await answerThread(access, 7, 3, "Done.", "run1");
  expect(first().trim()).toBe("Done.\n\n<!-- firstdraft:answer-run1 -->");
  post();
  list([{ ...said, user: { login: "bot" } }]);
  await answerThread(access, 7, 3, "Done.", "run2");
});

test("a remark that was deleted meanwhile is not answered, and nothing stops for it", async () => {
  nock(api).get("/repos/acme/sums/pulls/7/comments?per_page=100").reply(200, []);
  nock(api).post("/repos/acme/sums/pulls/7/comments/3/replies").reply(404, { message: "Not Found" });
  await answerThread(access, 7, 3, "Done.", "run1");
});

test("a server that does not know which pull requests close an issue names none", async () => {
  const errors = [{ message: "Field 'closedByPullRequestsReferences' doesn't exist on type 'Issue'" }];
  nock(api).post("/graphql").reply(200, { errors });
  expect(await closingPullRequests(access, 7)).toEqual([]);
  nock(api)
    .post("/graphql")
    .reply(200, { errors: [{ message: "Something went wrong." }] });
  await expect(closingPullRequests(access, 7)).rejects.toMatchObject({ code: "github-refused" });
});
