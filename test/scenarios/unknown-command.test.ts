import { expect, test } from "@jest/globals";
import type { Json } from "../../src/demo/github/types.ts";
import { sharedHouse } from "../helpers/shared-house.ts";
import { proved, sums } from "../helpers/sums.ts";

const shared = sharedHouse({ repositories: { sums, others: sums } });

const list = /\*\*Not done\*\*: That is none of the commands here\.\n\nOn the pull request, /;

test("a command that is likely meant for us, but is none, gets the list once; others' commands and readers get nothing", async () => {
  const house = shared();
  const repository = house.at("sums");
  house.reply(proved);
  const issue = await repository.openIssue();
  await repository.label(issue);
  await repository.settled(issue);
  const [{ number }] = await repository.pulls();
  const reactions = async (): Promise<string[][]> => {
    const all: Json[] = await repository.get(`/issues/${number}/comments`);
    return Promise.all(
      all
        .filter(({ user }) => user.login !== house.github.appLogin)
        .map(async ({ id }) =>
          (await repository.get(`/issues/comments/${id}/reactions`)).map(({ content }: Json) => content),
        ),
    );
  };

  for (const [by, text] of [
    ["ada", "/lgtm"],
    ["ada", "/approve"],
    ["ada", "/usr/bin is missing"],
    ["rita", "/regenrate"],
    ["stranger", "/revise-it"],
  ] as const) {
    await repository.comment(number, text, by);
    await house.quiet();
  }
  expect(await repository.comments(number)).toEqual([]);

  await repository.comment(number, "/regenrate Shorter.", "ada");
  expect(await repository.settled(number)).toMatch(list);
  const words = await repository.comments(number);
  expect(words).toHaveLength(1);
  expect(words[0]).toContain("`/use`");
  await repository.comment(number, "/Revise it", "grace");
  await house.quiet();
  await repository.comment(issue, "/cancle", "grace");
  expect(await repository.settled(issue)).toMatch(list);
  expect(await repository.comments(issue)).toHaveLength(1);
  expect((await repository.comments(issue))[0]).toMatch(/^\*\*Draft\*\*: /);
  expect(await repository.comments(number)).toEqual(words);
  expect(await reactions()).toEqual([[], [], [], [], [], ["confused"], ["confused"]]);
  expect(house.asked()).toHaveLength(proved.length);
});

test("a command at the wrong place gets the list as well, where firstdraft is at work", async () => {
  const house = shared();
  const repository = house.at("others");
  const untouched = await repository.openIssue();
  await repository.comment(untouched, "/regenerate", "ada");
  await house.quiet();
  expect(await repository.comments(untouched)).toEqual([]);

  house.reply(proved);
  const issue = await repository.openIssue();
  await repository.label(issue);
  await repository.settled(issue);
  await repository.comment(issue, "/regenerate Shorter.", "ada");
  expect(await repository.settled(issue)).toMatch(list);
});
