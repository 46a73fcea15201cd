import { expect, test } from "@jest/globals";
import type { Json } from "../../src/demo/github/types.ts";
import { sharedHouse } from "../helpers/shared-house.ts";
import { edit, inOneStep, proved, proving, sums } from "../helpers/sums.ts";
import { until } from "../helpers/until.ts";

const shared = sharedHouse({ repositories: { sums } });

test("fifty /regenerate in a minute lead to one run and one notice, and the next one after it is heard", async () => {
  const house = shared();
  const repository = house.at("sums");
  house.reply(proved);
  const issue = await repository.openIssue();
  await repository.label(issue);
  await repository.settled(issue);
  const [pull] = await repository.pulls();

  const others = Array.from({ length: 49 }, (_, index) => `/regenerate ${index}`);
  const again = inOneStep(proving, edit("src/sums.js", "a - b", "b + a"));
  house.reply(async (_, index) => {
    // The others come while the first is at work, and are taken in when it has ended, as far as they have to wait.
    if (index === 0) for (const text of others) await repository.comment(pull.number, text);
    return again[index] ?? {};
  });
  await repository.comment(pull.number, "/regenerate the first");
  const draft = async (): Promise<string[]> => {
    const comments: Json[] = await repository.get(`/issues/${pull.number}/comments?per_page=100`);
    return comments.filter(({ user }) => user.login === house.github.appLogin).map(({ body }) => body);
  };
  await until("the second attempt is there", async () =>
    (await draft()).some((text) => /attempt 2/.test(text)),
  );
  await house.quiet();
  expect(house.asked()).toHaveLength(again.length);
  const said = await draft();
  // One comment for all of it: how the run ended, and below that what came of the others.
  expect(said).toEqual([
    expect.stringMatching(
      /^\*\*Draft\*\*: #\d+, attempt 2\.[\s\S]*\*\*Not done\*\*: This was asked for before the attempt that the pull request shows/,
    ),
  ]);

  house.reply(inOneStep(proving, edit("src/sums.js", "a - b", "b - -a")));
  await repository.comment(pull.number, "/regenerate another way");
  await until("the third attempt is there", async () =>
    (await draft()).some((text) => /attempt 3/.test(text)),
  );
});
