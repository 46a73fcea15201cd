import { expect, test } from "@jest/globals";
import { checkedDraft, comment, firstAsked } from "../helpers/checked-draft.ts";
import { sharedHouse } from "../helpers/shared-house.ts";
import { sums } from "../helpers/sums.ts";

const ready = { ...sums, ".github/firstdraft.yml": "ready: ci-green\n" };
const shared = sharedHouse({ repositories: { stopped: ready, skipped: ready, green: ready, odd: ready } });
const without = ["action_required", "cancelled", "stale", "startup_failure", "a_new_word"];

test("what ended without a word on the commit is neither green nor blamed on it; what took too long is", async () => {
  const house = shared();
  const draft = await checkedDraft(house, "stopped");
  for (const conclusion of [...without, "success"]) await draft.check({ name: conclusion, conclusion });
  house.reply([]);
  const said = await draft.told();
  expect(said).toContain("**not all ended**: some were stopped or wait for a person.");
  for (const name of without) expect(said).toContain(`| \`${name}\` | \`github-actions\` | stopped |`);
  expect(await draft.onIssue()).toContain("**Checks**: not all ended.");
  expect(await draft.now()).toMatchObject({ draft: true });
  expect(house.asked()).toEqual([]);

  await draft.check({ name: "timed_out", conclusion: "timed_out", log: "It went on and on." });
  house.reply(comment);
  await draft.told();
  expect(firstAsked(house)).toContain("It went on and on.");
  for (const name of without) expect(firstAsked(house)).not.toContain(name);
});

test("where all were skipped or say neither, nothing has passed", async () => {
  const draft = await checkedDraft(shared(), "skipped");
  for (const conclusion of ["skipped", "neutral"]) await draft.check({ name: conclusion, conclusion });
  const said = await draft.told();
  expect(said).toContain("**none passed**: all were skipped or neutral.");
  for (const word of ["skipped", "neutral"])
    expect(said).toContain(`| \`${word}\` | \`github-actions\` | ${word} |`);
  expect(await draft.onIssue()).toContain("**Checks**: none passed.");
  expect(await draft.now()).toMatchObject({ draft: true });
});

test("beside one that passed they do no harm", async () => {
  const draft = await checkedDraft(shared(), "green");
  for (const conclusion of ["skipped", "neutral", "success"])
    await draft.check({ name: conclusion, conclusion });
  expect(await draft.told()).toContain("**green**.");
  expect(await draft.now()).toMatchObject({ draft: false });
});

test("a status that GitHub has no word for is no failure, and an error is one", async () => {
  const house = shared();
  const draft = await checkedDraft(house, "odd");
  await draft.status("expected", "odd");
  house.reply([]);
  expect(await draft.told()).toContain("| `odd` | status | stopped |");
  expect(house.asked()).toEqual([]);
  await draft.status("error", "broken");
  house.reply([{ text: "There is nothing to do." }]);
  expect(await draft.told()).toContain("| `broken` | status | red, not known at the base |");
});
