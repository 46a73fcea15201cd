import { expect, test } from "@jest/globals";
import type { Json } from "../../src/demo/github/types.ts";
import { assessed, clear } from "../helpers/assessed.ts";
import { sharedHouse } from "../helpers/shared-house.ts";
import { proved, sums } from "../helpers/sums.ts";
import type { TestRepository } from "../helpers/test-repository.ts";

const shared = sharedHouse({
  env: { FIRSTDRAFT_ASK: "yes" },
  repositories: { large: sums, whole: sums, twice: sums },
});

async function proposed(repository: TestRepository): Promise<{ issue: number; word: string }> {
  shared().reply(assessed({ ...clear, lines: 3000, parts }));
  const issue = await repository.openIssue();
  await repository.label(issue);
  const word = await repository.settled(issue);
  expect(word).toMatch(/^\*\*Too large\*\*/);
  return { issue, word };
}

const parts = [
  { title: "Read the file @grace", body: "As it is. Fixes #1 <img src=x>" },
  { title: "Write the file", body: "The other way round." },
];

test("a task that is too large: smaller issues are proposed, and /split makes each once", async () => {
  const house = shared();
  const repository = house.at("large");
  const { issue, word } = await proposed(repository);
  expect(word).toContain(
    "**Too large**: about 3000 lines are expected, and this repository wants at most 400 in one pull request.",
  );
  expect(word).toContain("- [ ] Read the file `@grace`\n  As it is. Fixes `#1` `<img src=x>`");
  await repository.comment(issue, "/split", "rita");
  expect(await repository.settled(issue)).toMatch(/^\*\*Not done\*\*: rita may not /);
  expect(await repository.get("/issues?state=all")).toHaveLength(1);

  // GitHub makes the first, and its answer is lost.
  house.reply([]);
  house.github.fail({ method: "POST", path: /\/repos\/acme\/large\/issues$/, status: 502, carriedOut: true });
  await repository.comment(issue, "/split", "grace");
  const list = await repository.settled(issue);
  const made = (await repository.get("/issues?state=all&sort=created&direction=asc")).filter(
    ({ number }: Json) => number !== issue,
  );
  expect(made.map(({ title }: Json) => title)).toEqual(["Read the file @grace", "Write the file"]);
  expect(list).toContain(made.map(({ number }: Json) => `- [ ] #${number}`).join("\n"));
  expect(made[0].body).toContain("As it is. Fixes `#1` `<img src=x>`");
  expect(made[0].body).toContain(
    `Part 1 of 2 of #${issue}, as a model proposed it and \`grace\` asked for it.`,
  );
  expect(made.flatMap(({ labels }: Json) => labels)).toEqual([]);
  expect(repository.published().filter((write) => !/^POST (issues|reactions)/.test(write))).toEqual([]);
  expect(house.asked()).toEqual([]);

  await repository.comment(issue, "/split", "grace");
  await house.quiet();
  expect(await repository.get("/issues?state=all")).toHaveLength(3);
});

test("/approve has a large one drafted all the same; /split where nothing is proposed is answered", async () => {
  const house = shared();
  const repository = house.at("whole");
  const { issue } = await proposed(repository);
  house.reply(proved);
  await repository.comment(issue, "/approve", "ada");
  expect(await repository.settled(issue)).toMatch(/^\*\*Draft\*\*: #/);
  await repository.comment(issue, "/split", "ada");
  expect(await repository.settled(issue)).toBe(
    `**Not done**: Nothing waits for /split on issue ${issue}.\n\nComment /plan: where the task is too large for one pull request, that proposes smaller issues.`,
  );
});

test("an issue that is split, edited and split otherwise gets the issues of the later proposal", async () => {
  const house = shared();
  const repository = house.at("twice");
  const { issue } = await proposed(repository);
  await repository.comment(issue, "/split", "grace");
  expect(await repository.settled(issue)).toMatch(/^\*\*Split\*\*/);
  const { id } = await house.github.as("grace").comment("acme/twice", issue, "/split");
  await house.quiet();
  // It is done, and stands above.
  const signs = await repository.get(`/issues/comments/${id}/reactions`);
  expect(signs.map(({ content }: Json) => content)).toEqual(["eyes"]);

  await house.github.as("ada").editIssue("acme/twice", issue, { body: "Read and write it, in Rust." });
  await house.github.as("ada").unlabel("acme/twice", issue, "ai-generate");
  const others = [{ title: "Read it in Rust", body: "All." }, parts[1]] as typeof parts;
  house.reply(assessed({ ...clear, lines: 3000, parts: others }));
  await repository.label(issue);
  expect(await repository.settled(issue)).toMatch(/^\*\*Too large\*\*/);
  house.reply([]);
  await repository.comment(issue, "/split", "grace");
  const list = await repository.settled(issue);
  const listed = [...list.matchAll(/- \[ \] #(\d+)/g)].map(([, number]) => Number(number));
  const all = await repository.get("/issues?state=all");
  const titles = listed.map((number) => all.find((one: Json) => one.number === number).title);
  expect(titles).toEqual(["Read it in Rust", "Write the file"]);
});
