import { expect, test } from "@jest/globals";
import { fromCommented, fromLabeled } from "../../src/app/triggers.ts";
import { example } from "./door.ts";

test("issues.labeled", () => {
  const payload = example("issues", "labeled");
  expect(fromLabeled("guid", payload)).toEqual({
    door: "app",
    deliveryId: "guid",
    at: "2019-05-15T15:20:18Z",
    installationId: 7,
    repository: { owner: "Codertocat", repo: "Hello-World", archived: false, private: false },
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
  const trigger = fromCommented("guid", payload);
  expect(trigger).toMatchObject({
    at: payload.comment.created_at,
    action: {
      kind: "commented",
      comment: { id: payload.comment.id, body: payload.comment.body },
      issue: { isPullRequest: false },
    },
  });
  payload.issue.pull_request = { url: "https://api.github.com/repos/Codertocat/Hello-World/pulls/1" };
  expect(fromCommented("guid", payload)).toMatchObject({ action: { issue: { isPullRequest: true } } });
});

test("an issue without text, by somebody who has left", () => {
  const payload = example("issues", "labeled");
  payload.issue.body = null;
  payload.issue.user = null;
  expect(fromLabeled("guid", payload)).toMatchObject({ action: { issue: { body: "", author: "ghost" } } });
});
