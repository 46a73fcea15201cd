import { expect, test } from "@jest/globals";
import { sharedHouse } from "../helpers/shared-house.ts";
import { inOneStep, mended, proved, summary, sums } from "../helpers/sums.ts";

const shared = sharedHouse({ repositories: { sums } });

test("a draft wears its verdict as a label, another attempt that is shown the new one, and neither starts anything", async () => {
  const house = shared();
  const repository = house.at("sums");
  house.reply(proved);
  const issue = await repository.openIssue();
  await repository.label(issue);
  await repository.settled(issue);
  const labels = async () => {
    const [pull] = await repository.pulls();
    return pull.labels.map(({ name }: { name: string }) => name).sort();
  };
  expect(await labels()).toEqual(["firstdraft: verified"]);

  const [{ number }] = await repository.pulls();
  await repository.label(number, "grace", "needs-docs");
  // The same change without a test of its own.
  const replies = inOneStep(mended);
  house.reply((_, i) => replies[i] ?? { text: summary });
  await repository.comment(number, "/regenerate Without a test, please.");
  expect(await repository.settled(number)).toContain("**Tests pass**");
  expect(await labels()).toEqual(["firstdraft: verified", "needs-docs"]);
  await repository.comment(number, "/use 2");
  expect(await repository.settled(number)).toContain("**Tests pass**");
  expect(await labels()).toEqual(["firstdraft: tests pass", "needs-docs"]);

  const asked = house.asked().length;
  await house.quiet();
  const told = house.github.deliveries.filter(
    ({ payload }) => payload.action === "labeled" && payload.pull_request !== undefined,
  );
  const names = told.map(({ payload }) => (payload.label as { name: string }).name);
  expect(names).toEqual(["firstdraft: verified", "needs-docs", "firstdraft: tests pass"]);
  // Both runs were asked for: the issue's label and the comment. Nothing came of the labels on the pull request.
  expect(await repository.pulls()).toHaveLength(1);
  expect(await repository.comments(number)).toHaveLength(1);
  expect(house.asked()).toHaveLength(asked);
});

test("not even the label that asks for a draft does so on a pull request, nor one of a verdict on an issue", async () => {
  const house = shared();
  const repository = house.at("sums");
  house.reply(proved);
  const [{ number }] = await repository.pulls();
  await repository.label(number);
  const issue = await repository.openIssue();
  await repository.label(issue, "ada", "firstdraft: verified");
  await house.quiet();
  expect(house.asked()).toEqual([]);
  expect(await repository.comments(issue)).toEqual([]);
});
