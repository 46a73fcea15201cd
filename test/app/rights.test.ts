import { expect, test } from "@jest/globals";
import { rightsFor } from "../../src/app/rights.ts";

const metadata = "read";
test.each([
  ["GET", "/repos/{owner}/{repo}", { contents: "read", issues: "read", pull_requests: "read" }],
  ["GET", "/repos/acme/sums/issues/1/comments", { contents: "read", issues: "read", pull_requests: "read" }],
  [
    "POST",
    "/repos/{owner}/{repo}/issues/{issue_number}/comments",
    { issues: "write", pull_requests: "write" },
  ],
  ["PATCH", "/repos/acme/sums/issues/comments/1", { issues: "write", pull_requests: "write" }],
  ["POST", "/repos/{owner}/{repo}/labels", { issues: "write", pull_requests: "write" }],
  ["POST", "/repos/{owner}/{repo}/git/trees", { contents: "write", pull_requests: "write" }],
  ["PATCH", "/repos/{owner}/{repo}/pulls/{pull_number}", { contents: "write", pull_requests: "write" }],
  ["POST", "/repos/acme/issues/git/refs", { contents: "write", pull_requests: "write" }],
  ["GET", "/repos/{owner}/{repo}/commits/{ref}/check-runs", { checks: "write" }],
  ["POST", "/repos/{owner}/{repo}/check-runs", { checks: "write" }],
  // As lists are asked for page by page.
  ["GET", "https://api.github.com/repos/acme/sums/commits/1a2b/check-runs?per_page=100", { checks: "write" }],
  ["GET", "https://api.github.com/repos/acme/sums/commits/1a2b/statuses?per_page=100", { statuses: "read" }],
])("%s %s is asked with no more than it needs", (method, url, rights) => {
  expect(rightsFor({ method, url })).toEqual({ metadata, ...rights });
});

test("a question by GraphQL is asked with the right to read, whatever its method", () => {
  const asked = (query: string) => rightsFor({ method: "POST", url: "/graphql", query });
  expect(asked("query threads { viewer { login } }")).toMatchObject({ contents: "read", issues: "read" });
  expect(asked("mutation resolve { viewer { login } }")).toMatchObject({ contents: "write" });
});
