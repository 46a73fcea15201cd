import { expect, test } from "@jest/globals";
import type { MessagesRequest } from "../../src/demo/messages-api.ts";
import { checkEnded, suiteEnded } from "../helpers/checks.ts";
import { sharedHouse } from "../helpers/shared-house.ts";
import { edit, inOneStep, proved, sums } from "../helpers/sums.ts";
import type { TestRepository } from "../helpers/test-repository.ts";
import { until } from "../helpers/until.ts";

const shared = sharedHouse({
  env: { FIRSTDRAFT_CI_MINUTES: "60", FIRSTDRAFT_RUNS_PER_REPOSITORY: "2" },
  repositories: { both: sums, before: sums, away: sums, pushed: sums },
});

/** What a session of the model is for, by the words that it begins with. */
function taskOf({ messages }: MessagesRequest): "correction" | "revision" | "draft" {
  const asked = JSON.stringify(messages[0]);
  if (asked.includes("These checks of the repository failed")) return "correction";
  return asked.includes("Say it in words.") ? "revision" : "draft";
}
const replies = {
  correction: inOneStep(edit("src/sums.js", "export const add", "// The sum.\nexport const add")),
  revision: inOneStep(edit("src/sums.js", "export const negate", "// The negative.\nexport const negate")),
  draft: proved,
};

/** Answers each session as its task wants it, but of this task none before `released` is. */
function replyBut(held: keyof typeof replies, released: Promise<unknown>) {
  shared().reply(async (request) => {
    const task = taskOf(request);
    if (task === held) await released;
    const turn = request.messages.filter(({ role }) => role === "assistant").length;
    return replies[task][turn] ?? { text: "" };
  });
}
const tasks = () =>
  shared()
    .asked()
    .map(({ body }) => taskOf(body));

async function drafted(repository: TestRepository) {
  shared().reply(proved);
  const issue = await repository.openIssue();
  await repository.label(issue);
  await repository.settled(issue);
  const [pull] = await repository.pulls();
  return { issue, number: pull.number as number, head: pull.head.sha as string };
}
const onIssue = async (repository: TestRepository, issue: number) =>
  (await repository.comments(issue)).join("\n\n");
const headOf = async (repository: TestRepository, number: number): Promise<string> =>
  (await repository.get(`/pulls/${number}`)).head.sha;
const parentsOf = async (repository: TestRepository, sha: string): Promise<string[]> =>
  (await repository.get(`/commits/${sha}`)).parents.map((parent: { sha: string }) => parent.sha);
const isSaid = (line: string) => shared().log.includes(line);

test("beside others, a correction and what is asked for on its pull request follow one another", async () => {
  const house = shared();
  const repository = house.at("both");
  const { issue, number, head } = await drafted(repository);
  const release = Promise.withResolvers<void>();
  replyBut("correction", release.promise);
  await checkEnded(house, "both", head, "failure", "FAIL");
  await suiteEnded(house, "both", issue, head);
  await until("the correction is at work", () => tasks().includes("correction"));
  await repository.comment(number, "/revise Say it in words.", "ada");
  await until("it waits", async () => (await onIssue(repository, number)).startsWith("**Queued**"));
  // An issue that is nobody's neighbour has its draft meanwhile, and was asked for last.
  const others = [await repository.openIssue(), await repository.openIssue()];
  const other = others.find((one) => one % 2 !== issue % 2) ?? 0;
  await repository.label(other);
  await until("it has", async () => (await onIssue(repository, other)).startsWith("**Draft**"));
  expect(tasks()).not.toContain("revision");
  release.resolve();
  await repository.settled(number);
  const revised = await headOf(repository, number);
  const [corrected = ""] = await parentsOf(repository, revised);
  expect(await parentsOf(repository, corrected)).toEqual([head]);
});

test("a correction that is overtaken while it waits costs nothing, and no comment tells of it", async () => {
  const house = shared();
  const repository = house.at("before");
  const { issue, number, head } = await drafted(repository);
  // The next of its line, by whom it is held up.
  const other = await repository.openIssue();
  expect(other % 2).toBe(issue % 2);
  const release = Promise.withResolvers<void>();
  replyBut("draft", release.promise);
  await repository.label(other);
  await until("the other is at work", () => tasks().includes("draft"));
  await checkEnded(house, "before", head, "failure", "FAIL");
  await suiteEnded(house, "before", issue, head);
  await until("it is queued", () => isSaid(`acme/before#${issue}: checks: accepted`));
  await repository.comment(number, "/revise Say it in words.", "ada");
  await until("it waits", async () => (await onIssue(repository, number)).startsWith("**Queued**"));
  const from = house.github.requests.length;
  release.resolve();
  await repository.settled(number);
  await until("it has ended", () => isSaid(`acme/before#${issue}: stopped (checks-outdated)`));
  await house.quiet();
  expect(tasks()).not.toContain("correction");
  const revised = await headOf(repository, number);
  expect(await parentsOf(repository, revised)).toEqual([head]);
  expect(await onIssue(repository, issue)).toMatch(
    new RegExp(`^\\*\\*Draft\\*\\*: #${number}, attempt 1\\.\n\n\\*\\*Checks\\*\\*: waiting\\.\n`),
  );
  expect(await onIssue(repository, issue)).not.toMatch(/Stopped|Working/);
  const said = house.github.requests.slice(from).map(({ body }) => JSON.stringify(body ?? null));
  expect(said.filter((text) => text.includes("does not show"))).toEqual([]);

  // What is there now has checks of its own.
  replyBut("draft", Promise.resolve());
  await checkEnded(house, "before", revised, "failure", "FAIL again");
  await suiteEnded(house, "before", issue, revised);
  await until("it is corrected", async () => (await headOf(repository, number)) !== revised);
  await house.quiet();
  expect(await parentsOf(repository, await headOf(repository, number))).toEqual([revised]);
  expect(await onIssue(repository, issue)).toContain(`**Draft**: #${number}, attempt 3.`);
});

test("one that was at work already, and is overtaken before its next attempt, takes back what it said", async () => {
  const house = shared();
  const repository = house.at("away");
  const { issue, number, head } = await drafted(repository);
  const asked = Promise.withResolvers<void>();
  const failure = { status: 529, error: { type: "overloaded_error", message: "Overloaded" } };
  house.reply(async (request) => {
    const task = taskOf(request);
    if (task === "correction") {
      await asked.promise;
      return { ...failure, headers: { "retry-after-ms": "1" } };
    }
    const turn = request.messages.filter(({ role }) => role === "assistant").length;
    return replies[task][turn] ?? { text: "" };
  });
  await checkEnded(house, "away", head, "failure", "FAIL");
  await suiteEnded(house, "away", issue, head);
  await until("it says so", async () => /^\*\*Working\*\*/m.test(await onIssue(repository, issue)));
  expect(await onIssue(repository, issue)).toMatch(
    /^\*\*Draft\*\*: .*\n\n\*\*Checks\*\*: red, 0 of at most 2/,
  );
  await until("the model is asked", () => tasks().includes("correction"));
  await repository.comment(number, "/revise Say it in words.", "ada");
  await until("it waits", async () => (await onIssue(repository, number)).startsWith("**Queued**"));
  asked.resolve();
  await repository.settled(number);
  await until("it has ended", () => isSaid(`acme/away#${issue}: stopped (checks-outdated)`));
  await house.quiet();
  expect(await onIssue(repository, issue)).toMatch(/^\*\*Draft\*\*: .*\n\n\*\*Checks\*\*: waiting\.\n/);
  expect(await onIssue(repository, issue)).not.toMatch(/Stopped|Working/);
  expect(await parentsOf(repository, await headOf(repository, number))).toEqual([head]);
});

test("where somebody pushes while it waits, it costs nothing either, and its pull request promises nothing any more", async () => {
  const house = shared();
  const repository = house.at("pushed");
  const { issue, number, head } = await drafted(repository);
  const other = await repository.openIssue();
  const release = Promise.withResolvers<void>();
  replyBut("draft", release.promise);
  await repository.label(other);
  await until("the other is at work", () => tasks().includes("draft"));
  await checkEnded(house, "pushed", head, "failure", "FAIL");
  await suiteEnded(house, "pushed", issue, head);
  const said = async (words: string) => (await repository.get(`/pulls/${number}`)).body.includes(words);
  await until("it is promised", () => said("One more commit is being written"));
  await repository.push(`firstdraft/issue-${issue}`, { "mine.js": "// Mine.\n" }, "grace");
  release.resolve();
  await until("it has ended", () => isSaid(`acme/pushed#${issue}: stopped (checks-outdated)`));
  await house.quiet();
  expect(tasks()).not.toContain("correction");
  expect(await said("One more commit is being written")).toBe(false);
  expect(await said("Its correction ended without a commit: The draft does not show")).toBe(true);
  expect(await onIssue(repository, issue)).toMatch(
    /^\*\*Draft\*\*: .*\n\n\*\*Checks\*\*: red, 0 of at most 2/,
  );
  expect(await onIssue(repository, issue)).not.toMatch(/Stopped|Working/);
});
