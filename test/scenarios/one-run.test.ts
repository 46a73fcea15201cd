import { expect, test } from "@jest/globals";
import { sharedHouse } from "../helpers/shared-house.ts";
import { proved, sums } from "../helpers/sums.ts";
import { until } from "../helpers/until.ts";

const shared = sharedHouse({ repositories: { sums }, env: { FIRSTDRAFT_RUNS_PER_REPOSITORY: "2" } });

test("what is asked for at a pull request waits for the run of its issue, though another issue's need not", async () => {
  const house = shared();
  const repository = house.at("sums");
  house.reply(proved);
  const issue = await repository.openIssue();
  await repository.label(issue);
  expect(await repository.settled(issue)).toContain("**Verified**");
  const [pull] = await repository.pulls();
  expect((pull.number - issue) % 2).toBe(1);

  const go = Promise.withResolvers<void>();
  let [atWork, most] = [0, 0];
  house.reply(async ({ messages }) => {
    const turn = messages.filter(({ role }) => role === "assistant").length;
    if (turn === 0 && !JSON.stringify(messages).includes("another issue")) {
      most = Math.max(most, ++atWork);
      await go.promise;
      atWork--;
    }
    return proved[turn] ?? { text: "" };
  });
  const said = async (at: number) => (await repository.comments(at)).join();
  await house.github.as("ada").unlabel("acme/sums", issue, "ai-generate");
  await repository.label(issue);
  await until("the issue's run asks the model", () => most === 1);
  await repository.comment(pull.number, "/regenerate");
  await until("the other is taken in", async () => /Queued|Working/.test(await said(pull.number)));
  let other = 0;
  do other = await repository.openIssue({ title: "another issue" });
  while ((pull.number - other) % 2 !== 0);
  await repository.label(other);
  await until("a second one works", async () => most > 1 || (await said(other)).includes("**Draft**"));
  expect(most).toBe(1);
  go.resolve();
  expect(await repository.settled(pull.number)).toMatch(/^\*\*(Draft|Stopped|No change)\*\*/);
});
