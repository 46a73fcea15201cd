import { expect, test } from "@jest/globals";
import { assessed } from "../helpers/assessed.ts";
import { sharedHouse } from "../helpers/shared-house.ts";
import { proved, sums } from "../helpers/sums.ts";

const shared = sharedHouse({ env: { FIRSTDRAFT_ASK: "yes" }, repositories: { sums } });

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
