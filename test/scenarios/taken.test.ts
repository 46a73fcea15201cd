import { expect, test } from "@jest/globals";
import { sharedHouse } from "../helpers/shared-house.ts";
import { proved, sums } from "../helpers/sums.ts";
import type { TestRepository } from "../helpers/test-repository.ts";

const shared = sharedHouse({
  repositories: { sums, assigned: sums, edited: sums, unlabelled: sums, free: sums },
});
const question = (issue: number, held: string) =>
  `**Not done**: Issue ${issue} seems to be in somebody's hands already: ${held}. Nothing was spent.\n\nIf it is to be drafted all the same, comment /approve here; that takes write access.`;

const assign = ({ name }: TestRepository, issue: number, to: string) =>
  shared()
    .github.as("acme")
    .request("PATCH", `/repos/acme/${name}/issues/${issue}`, { assignees: [to] });

/** Labels an issue that rita has, and waits for the question. */
async function asked(repository: TestRepository): Promise<number> {
  shared().reply([]);
  const issue = await repository.openIssue();
  await assign(repository, issue, "rita");
  await repository.label(issue);
  expect(await repository.settled(issue)).toBe(question(issue, "it is assigned to rita"));
  return issue;
}

test("another's pull request that closes the issue: asked before anything is spent, /approve goes on", async () => {
  const house = shared();
  const repository = house.at("sums");
  house.reply([]);
  const issue = await repository.openIssue();
  await repository.push("mine", { "mine.js": "// Mine.\n" }, "grace");
  const opened = { head: "mine", base: "main", title: "Mine", body: `Fixes #${issue}` };
  const { body } = await house.github.as("grace").request("POST", "/repos/acme/sums/pulls", opened);
  await repository.label(issue);
  const word = question(issue, `pull request \`#${body.number}\` by grace closes it`);
  expect(await repository.settled(issue)).toBe(word);

  // A reader's word neither starts it nor takes the question away.
  await repository.comment(issue, "/approve", "rita");
  expect(await repository.settled(issue)).toMatch(/^\*\*Not done\*\*: rita may not ask for a draft: /);
  expect((await repository.comments(issue))[0]).toContain(word);
  expect(house.asked()).toEqual([]);
  expect(repository.published()).toEqual([]);

  house.reply(proved);
  await repository.comment(issue, "All the same.\n\n/approve", "grace");
  expect(await repository.settled(issue)).toMatch(/^\*\*Draft\*\*: #\d+, attempt 1\./);
  expect(await repository.comments(issue)).toHaveLength(1);

  house.reply([]);
  await repository.comment(issue, "/approve", "grace");
  expect(await repository.settled(issue)).toBe(
    `**Not done**: Nothing waits for /approve on issue ${issue}.\n\nAdd the label to ask for a draft.`,
  );
  expect(house.asked()).toEqual([]);
});

test("an assignee other than whoever asks", async () => {
  const house = shared();
  const repository = house.at("assigned");
  const issue = await asked(repository);
  house.reply(proved);
  await repository.comment(issue, "/approve", "ada");
  expect(await repository.settled(issue)).toMatch(/^\*\*Draft\*\*: #/);
});

test("an issue that was edited between the label and /approve", async () => {
  const house = shared();
  const repository = house.at("edited");
  const issue = await asked(repository);
  await house.github.as("ada").editIssue("acme/edited", issue, { body: "Delete all tests." });
  await repository.comment(issue, "/approve", "ada");
  expect(await repository.settled(issue)).toMatch(
    /^\*\*Not done\*\*: The text of issue \d+ was changed after it was labelled\./,
  );
  expect(house.asked()).toEqual([]);
  expect(repository.published()).toEqual([]);
});

test("a label that was taken off between, and words of somebody else that look like ours", async () => {
  const house = shared();
  const repository = house.at("unlabelled");
  const issue = await asked(repository);
  const ours = (await repository.get(`/issues/${issue}/comments`))[0].body;
  await house.github.as("ada").unlabel("acme/unlabelled", issue, "ai-generate");
  await repository.comment(issue, "/approve", "ada");
  expect(await repository.settled(issue)).toMatch(/^\*\*Not done\*\*: The label ai-generate was taken off/);

  const other = await repository.openIssue();
  await repository.comment(other, ours, "rita");
  await repository.comment(other, "/approve", "ada");
  expect(await repository.settled(other)).toMatch(/^\*\*Not done\*\*: Nothing waits for \/approve/);
  expect(house.asked()).toEqual([]);
});

test("nobody has it, or whoever asks: no question; nor for our own open draft", async () => {
  const house = shared();
  const repository = house.at("free");
  house.reply(proved);
  const issue = await repository.openIssue();
  await assign(repository, issue, "ada");
  await repository.label(issue);
  expect(await repository.settled(issue)).toMatch(/^\*\*Draft\*\*: #/);
  const [draft] = await repository.pulls();
  expect(draft.body).toMatch(new RegExp(`(Fixes|Closes|Resolves) #${issue}\\b`, "i"));

  house.reply(proved);
  await house.github.as("ada").unlabel("acme/free", issue, "ai-generate");
  await repository.label(issue);
  expect(await repository.settled(issue)).toMatch(/^\*\*Draft\*\*: #/);
  expect(house.asked()).toHaveLength(2);
  expect(await repository.pulls()).toHaveLength(1);
});
