import { expect, test } from "@jest/globals";
import { checkedDraft, firstAsked } from "../helpers/checked-draft.ts";
import { sharedHouse } from "../helpers/shared-house.ts";
import { sums } from "../helpers/sums.ts";

const noRounds = { ...sums, ".github/firstdraft.yml": "limits: { ciRounds: 0 }\n" };
const shared = sharedHouse({
  repositories: { words: noRounds, before: sums, names: noRounds, statuses: sums },
});
const row = (name: string, by: string, word: string) => `| \`${name}\` | ${by} | ${word} |`;
const actions = "`github-actions`";
const unknown = "red, not known at the base";

test("red is the draft's where the base was green; where the base came to no end that is said", async () => {
  const draft = await checkedDraft(shared(), "words");
  const { base } = draft;
  await draft.check({ name: "same", conclusion: "failure" }, "actions", base);
  await draft.check({ name: "ours", conclusion: "success" }, "actions", base);
  await draft.check({ name: "test (18)", conclusion: "failure" }, "actions", base);
  await draft.check({ name: "slow", conclusion: null }, "actions", base);
  await draft.check({ name: "stopped", conclusion: "cancelled" }, "actions", base);
  await draft.check({ name: "theirs", conclusion: "failure" }, "other-ci", base);
  for (const name of ["same", "ours", "test (20)", "slow", "stopped", "theirs"])
    await draft.check({ name, conclusion: "failure" });
  const said = await draft.told();
  expect(said).toContain(
    "**red**: 1 check that did not fail at the base, and 4 checks that did not run to an end at the base.",
  );
  expect(said).toContain(row("same", actions, "red at the base as well"));
  expect(said).toContain(row("ours", actions, "red"));
  for (const name of ["test (20)", "slow", "stopped", "theirs"])
    expect(said).toContain(row(name, actions, unknown));
});

test("what is red as before is not corrected, and where nothing else is that is said", async () => {
  const house = shared();
  const draft = await checkedDraft(house, "before");
  await draft.check({ conclusion: "failure", suite: "push" }, "actions", draft.base);
  await draft.check({ conclusion: "failure", suite: "push" });
  house.reply([]);
  expect(await draft.told()).toContain("**red at the base as well**, and nothing else is.");
  expect(house.asked()).toEqual([]);
});

test("of two jobs of one name one was red before: that both are now is the draft's", async () => {
  const draft = await checkedDraft(shared(), "names");
  for (const [suite, before] of [
    ["one", "failure"],
    ["two", "success"],
  ] as const) {
    await draft.check({ conclusion: before, suite }, "actions", draft.base);
    await draft.check({ conclusion: "failure", suite });
  }
  expect(await draft.told()).toContain("**red**: 2 checks that did not fail at the base.");
});

test("where the base has statuses alone they are told apart from jobs, which may fail there too", async () => {
  const house = shared();
  const draft = await checkedDraft(house, "statuses");
  for (const sha of [draft.base, draft.head]) await draft.status("failure", "ci/outside", sha);
  await draft.check({ conclusion: "failure", log: "FAIL of the job" });
  house.reply([{ text: "It fails without the change too." }]);
  const said = await draft.told();
  expect(said).toContain(row("ci/outside", "status", "red at the base as well"));
  expect(said).toContain(row("build", actions, unknown));
  const asked = firstAsked(house);
  expect(asked).toContain("It did not run to an end at the base, and may fail there too.\\nFAIL of the job");
  expect(asked).not.toContain("ci/outside");
});
