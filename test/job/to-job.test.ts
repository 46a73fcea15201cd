import { expect, test } from "@jest/globals";
import type { Trigger } from "../../src/job/job.ts";
import { toJob } from "../../src/job/to-job.ts";
import { commented, dispatched, labeled, trigger } from "./triggers.ts";

const settings = { self: ["firstdraft[bot]", "draft-robot"] };
const user = (login: string, type = "User") => ({ actor: { login, type } });
const archived = { repository: { owner: "acme", repo: "sums", archived: true, private: false } };

test("the label starts a job that knows all that was approved, under a key without case", () => {
  expect(toJob(trigger(labeled()), settings)).toEqual({
    job: {
      key: "acme/sums#12",
      deliveryId: "2d7ef9f0-0000-11ef-8000-000000000000",
      requestedAt: "2026-03-01T10:00:00Z",
      requestedBy: { login: "maintainer", type: "User" },
      repository: { owner: "Acme", repo: "Sums" },
      installationId: 7,
      request: {
        kind: "issue",
        issue: { number: 12, title: "Sum is off by one", body: "It should not be.", author: "reporter" },
        label: "ai-generate",
      },
    },
  });
});

test("a dispatch needs no label and may come from a robot and from outside an installation", () => {
  const { installationId: _, ...outside } = trigger(dispatched(), {
    door: "action",
    ...user("github-actions[bot]", "Bot"),
  });
  expect(toJob(outside, settings)).toMatchObject({ job: { request: { kind: "issue", label: null } } });
});

test("the command on a pull request asks for another attempt", () => {
  expect(toJob(trigger(commented("/regenerate use a map")), settings)).toMatchObject({
    job: {
      key: "acme/sums#13",
      request: { kind: "regenerate", pullRequest: 13, guidance: "use a map" },
    },
  });
});

test.each(["/regenerate", "/revise", "/use 1"])(
  "%s on what was closed or merged is to be answered",
  (text) => {
    expect(toJob(trigger(commented(text, { state: "closed" })), settings)).toMatchObject({
      job: { request: { pullRequest: 13, comment: 1 } },
    });
  },
);

test.each([
  ["an issue", { number: 12, isPullRequest: false }],
  ["a pull request", { number: 13, isPullRequest: true }],
  ["what was closed meanwhile", { number: 12, isPullRequest: false, state: "closed" }],
  ["what was locked meanwhile", { number: 12, isPullRequest: false, locked: true }],
] as const)("/cancel on %s", (_, issue) => {
  const { number, isPullRequest } = issue;
  expect(toJob(trigger(commented("/cancel", issue)), settings)).toMatchObject({
    job: { key: `acme/sums#${number}`, request: { kind: "cancel", number, isPullRequest, comment: 1 } },
  });
});

test("/approve on an issue is a job for the issue, with the text that it has then", () => {
  const at = { number: 12, isPullRequest: false };
  expect(toJob(trigger(commented("Go on.\n\n/approve", at)), settings)).toMatchObject({
    job: {
      key: "acme/sums#12",
      request: { kind: "issue", issue: { number: 12, body: "It should not be." }, label: null, approves: 1 },
    },
  });
});

const ignored: [string, string, Trigger][] = [
  ["a robot", "bot", trigger(labeled(), user("dependabot[bot]", "Bot"))],
  ["a robot without the ending", "bot", trigger(labeled(), user("helper", "Bot"))],
  ["the ending without the type", "bot", trigger(labeled(), user("helper[bot]"))],
  ["our own label", "bot", trigger(labeled(), user("firstdraft[bot]", "Bot"))],
  ["our own comment", "bot", trigger(commented("/regenerate"), user("firstdraft[bot]", "Bot"))],
  ["our own account of type User", "bot", trigger(commented("/regenerate"), user("Draft-Robot"))],
  ["an archived repository", "archived", trigger(labeled(), archived)],
  ["a dispatch in an archived repository", "archived", trigger(dispatched(), archived)],
  ["a closed issue", "closed", trigger(labeled(undefined, { state: "closed" }))],
  ["a locked issue", "locked", trigger(labeled(undefined, { locked: true }))],
  ["a labelled pull request", "pull-request", trigger(labeled(undefined, { isPullRequest: true }))],
  ["a dispatched pull request", "pull-request", trigger(dispatched({ isPullRequest: true }))],
  ["a dispatched closed issue", "closed", trigger(dispatched({ state: "closed" }))],
  ["a robot that cancels", "bot", trigger(commented("/cancel"), user("helper", "Bot"))],
  ["/approve on a pull request", "pull-request", trigger(commented("/approve"))],
  ["a comment", "no-command", trigger(commented("Nice!"))],
  ["the command in code", "no-command", trigger(commented("```\n/regenerate\n```"))],
  ["the command in a quote", "no-command", trigger(commented("> /regenerate"))],
  [
    "what is nearly one on a closed pull request",
    "closed",
    trigger(commented("/regenrate", { state: "closed" })),
  ],
  [
    "/plan on a closed issue",
    "closed",
    trigger(commented("/plan", { isPullRequest: false, state: "closed" })),
  ],
  ["the command on a locked pull request", "locked", trigger(commented("/regenerate", { locked: true }))],
];

test.each(ignored)("ignored: %s", (_, reason, of) => {
  expect(toJob(of, settings)).toEqual({ ignored: reason });
});

test.each([
  ["one of a pull request on an issue", "/regenerate", false],
  ["a word that is nearly one", "/regenrate", true],
])("a command that has no run of its own: %s", (_, text, isPullRequest) => {
  expect(toJob(trigger(commented(text, { isPullRequest })), settings)).toMatchObject({
    job: { request: { kind: "unknown", number: 13, isPullRequest, comment: 1 } },
  });
});

test("ignored: a webhook of a repository instead of an installation", () => {
  const { installationId: _, ...outside } = trigger(labeled());
  expect(toJob(outside, settings)).toEqual({ ignored: "no-installation" });
});
