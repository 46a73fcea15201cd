import { expect, test } from "@jest/globals";
import { assessed } from "../helpers/assessed.ts";
import { sharedHouse } from "../helpers/shared-house.ts";
import { proved, sums } from "../helpers/sums.ts";

const shared = sharedHouse({
  env: { FIRSTDRAFT_ASK: "yes" },
  repositories: { sums, second: sums, kept: sums },
});

test("a run that is stopped after the answer loses no question: /approve goes on, and nothing is asked or paid for anew", async () => {
  const house = shared();
  const repository = house.at("sums");
  house.reply(assessed());
  const issue = await repository.openIssue();
  await repository.label(issue);
  expect(await repository.settled(issue)).toMatch(/^\*\*Questions\*\*/);

  // The model's API refuses every call.
  house.reply([]);
  await repository.comment(issue, "/approve", "grace");
  expect(await repository.settled(issue)).toMatch(/^\*\*Stopped\*\*: The model's API refused the request/);

  house.reply(proved);
  await repository.comment(issue, "/approve It throws.", "ada");
  expect(await repository.settled(issue)).toMatch(/^\*\*Draft\*\*: #/);
  const task = JSON.stringify(house.asked()[0]?.body.messages[0]);
  expect(task).toContain("Proposed, and agreed to unless said otherwise: It throws a TypeError.");
  expect(task).toContain("It throws.");
  expect(house.asked()).toHaveLength(2);
  expect(await repository.comments(issue)).toHaveLength(1);
});

test("an answer to the second question alone, and a list that begins with no question's number", async () => {
  const house = shared();
  const repository = house.at("second");
  house.reply(assessed());
  const issue = await repository.openIssue();
  await repository.label(issue);
  expect(await repository.settled(issue)).toMatch(/^\*\*Questions\*\*/);
  house.reply(proved);
  await repository.comment(issue, "3. There are two.", "grace");
  await house.quiet();
  expect(house.asked()).toEqual([]);
  await repository.comment(issue, "2. It throws as well.", "grace");
  expect(await repository.settled(issue)).toMatch(/^\*\*Draft\*\*: #/);
  const task = JSON.stringify(house.asked()[0]?.body.messages[0]);
  expect(task).toContain("agreed to unless said otherwise: It throws a TypeError.");
  expect(task).toContain("2. It throws as well.");
});

test("what was answered counts for whoever goes on after a stop, by /approve or by the label", async () => {
  const house = shared();
  const repository = house.at("kept");
  house.reply(assessed());
  const issue = await repository.openIssue();
  await repository.label(issue);
  expect(await repository.settled(issue)).toMatch(/^\*\*Questions\*\*/);
  house.reply([]);
  await repository.comment(issue, "1. A string, by concatenation.", "grace");
  expect(await repository.settled(issue)).toMatch(/^\*\*Stopped\*\*/);
  await repository.comment(issue, "/approve", "ada");
  expect(await repository.settled(issue)).toMatch(/^\*\*Stopped\*\*/);

  house.reply(proved);
  await house.github.as("ada").unlabel("acme/kept", issue, "ai-generate");
  await repository.label(issue);
  expect(await repository.settled(issue)).toMatch(/^\*\*Draft\*\*: #/);
  expect(JSON.stringify(house.asked()[0]?.body.messages[0])).toContain("1. A string, by concatenation.");
  expect((await repository.pulls())[0].body).toContain("A string, by concatenation.");
});
