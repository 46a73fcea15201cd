import { expect, test } from "@jest/globals";
import { fromCommented, fromLabeled, fromReviewed } from "../../src/job/from-webhook.ts";
import { toJob } from "../../src/job/to-job.ts";
import { example } from "../app/door.ts";

const arrival = { door: "app", deliveryId: "guid" } as const;

test("issues.labeled", () => {
  const payload = example("issues", "labeled");
  expect(fromLabeled(arrival, payload)).toEqual({
    door: "app",
    deliveryId: "guid",
    at: "2019-05-15T15:20:18Z",
    installationId: 7,
    repository: {
      ...{ id: payload.repository.id, owner: "Codertocat", repo: "Hello-World" },
      ...{ archived: false, private: false },
    },
    actor: { login: "Codertocat", type: "User" },
    action: {
      kind: "labeled",
      label: "bug",
      issue: {
        number: 1,
        title: "Spelling error in the README file",
        body: "It looks like you accidently spelled 'commit' with two 't's.",
        author: "Codertocat",
        state: "open",
        locked: false,
        isPullRequest: false,
      },
    },
  });
});

test("issue_comment.created, on an issue and on a pull request", () => {
  const payload = example("issue_comment", "created");
  const trigger = fromCommented(arrival, payload);
  expect(trigger).toMatchObject({
    at: payload.comment.created_at,
    action: {
      kind: "commented",
      comment: { id: payload.comment.id, body: payload.comment.body },
      issue: { isPullRequest: false },
    },
  });
  payload.issue.pull_request = { url: "https://api.github.com/repos/Codertocat/Hello-World/pulls/1" };
  expect(fromCommented(arrival, payload)).toMatchObject({ action: { issue: { isPullRequest: true } } });
});

test("pull_request_review.submitted, and what it asks for", () => {
  const payload = example("pull_request_review", "submitted");
  const { review, pull_request: pull } = payload;
  const requested = { ...payload, review: { ...review, state: "changes_requested" } };
  expect(fromReviewed(arrival, requested)).toMatchObject({
    at: review.submitted_at,
    action: {
      ...{ kind: "reviewed", state: "changes_requested", branch: pull.head.ref },
      issue: { number: pull.number, isPullRequest: true, state: "open" },
    },
  });
  const asked = (event: unknown) => toJob(fromReviewed(arrival, event), { self: [] });
  expect(asked(payload)).toEqual({ ignored: "no-changes-requested" });
  expect(asked(requested)).toEqual({ ignored: "not-our-branch" });
  pull.head.ref = "firstdraft/issue-1";
  expect(asked(requested)).toMatchObject({
    job: {
      key: `codertocat/hello-world#${pull.number}`,
      request: { kind: "revise", pullRequest: pull.number, comment: null, guidance: "" },
    },
  });
});

test("an issue without text, by somebody who has left", () => {
  const payload = example("issues", "labeled");
  payload.issue.body = null;
  payload.issue.user = null;
  expect(fromLabeled(arrival, payload)).toMatchObject({ action: { issue: { body: "", author: "ghost" } } });
});

test("the door is the caller's; without an installation there is none", () => {
  const payload = example("issues", "labeled");
  delete payload.installation;
  const trigger = fromLabeled({ door: "action", deliveryId: "7-1" }, payload);
  expect(trigger).toMatchObject({ door: "action", deliveryId: "7-1" });
  expect(trigger).not.toHaveProperty("installationId");
});

test.each([
  ["nothing", undefined, "it is not"],
  ["text", "issues", "it is not"],
  ["an issue without a number", { issue: { title: "x", updated_at: "" } }, "repository is not"],
])("%s is no event", (_, payload, why) => {
  expect(() => fromLabeled(arrival, payload)).toThrow(why);
  expect(() => fromCommented(arrival, payload)).toThrow(why);
});

test("an event whose parts have other types than GitHub's names the part", () => {
  const payload = example("issue_comment", "created");
  payload.comment.body = ["/regenerate"];
  expect(() => fromCommented(arrival, payload)).toThrow("The event cannot be read: comment.body is not");
});
