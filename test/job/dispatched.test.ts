import { expect, test } from "@jest/globals";
import { dispatchedJob } from "../../src/job/dispatched.ts";
import { issue } from "./triggers.ts";

const dispatch = {
  door: "action",
  deliveryId: "7-1",
  actor: { login: "maintainer", type: "User" },
  repository: { owner: "Acme", repo: "Sums" },
  issue,
} as const;

test("somebody who names an issue gets a job for its text as it stands", () => {
  expect(dispatchedJob(dispatch)).toMatchObject({
    key: "acme/sums#12",
    deliveryId: "7-1",
    requestedBy: { login: "maintainer" },
    request: { kind: "issue", label: null, issue: { number: 12, title: issue.title, body: issue.body } },
  });
});

test.each([
  ["issue-is-pull-request", { isPullRequest: true }],
  ["issue-closed", { state: "closed" }],
  ["issue-locked", { locked: true }],
] as const)("what a webhook would be ignored for is said to them: %s", (code, change) => {
  expect(() => dispatchedJob({ ...dispatch, issue: { ...issue, ...change } })).toThrow(
    expect.objectContaining({ code }),
  );
});
