import { expect, test } from "@jest/globals";
import { sharedHouse } from "../helpers/shared-house.ts";
import { proved, sums } from "../helpers/sums.ts";

const shared = sharedHouse({ repositories: { pair: sums }, env: { FIRSTDRAFT_RUNS_PER_REPOSITORY: "2" } });

test("where the operator allows two runs of a repository, they are at work side by side, and each has its draft", async () => {
  const house = shared();
  const repository = house.at("pair");
  const both = Promise.withResolvers<void>();
  const steps = new Map<string, number>();
  house.reply(async ({ messages }) => {
    const task = JSON.stringify(messages[0]).includes("the first one") ? "first" : "second";
    const step = steps.get(task) ?? 0;
    steps.set(task, step + 1);
    // Neither gets an answer before the other has asked.
    if (steps.size === 2) both.resolve();
    await both.promise;
    return proved[step] ?? {};
  });
  const issues = [
    await repository.openIssue({ title: "the first one" }),
    await repository.openIssue({ title: "the second one" }),
  ];
  for (const issue of issues) await repository.label(issue);
  for (const issue of issues) expect(await repository.settled(issue)).toContain("**Verified**");
  expect(await repository.pulls()).toHaveLength(2);
});
