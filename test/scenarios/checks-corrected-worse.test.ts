import { expect, test } from "@jest/globals";
import { checkedDraft, comment, firstAsked } from "../helpers/checked-draft.ts";
import { sharedHouse } from "../helpers/shared-house.ts";
import { broken, edit, inOneStep, sums } from "../helpers/sums.ts";

const shared = sharedHouse({ repositories: { worse: sums, gone: sums, counted: sums, passed: sums } });
const leaves = Array.from({ length: 8 }, () => ({ text: "I leave it at that." }));
const attempts = async (draft: Awaited<ReturnType<typeof checkedDraft>>) =>
  (await draft.repository.get(`/git/matching-refs/firstdraft/issue-${draft.issue}/`)).length;

test("a correction that breaks a test stands beside the draft, which stays, and none of that head follows, not even by way of another", async () => {
  const house = shared();
  const draft = await checkedDraft(house, "worse");
  await draft.check({ conclusion: "failure", log: "FAIL" });
  house.reply([...inOneStep(broken), ...leaves]);
  const said = await draft.told();
  expect(firstAsked(house)).toContain("FAIL");
  expect(said).toContain(
    "Its correction ended without a commit: attempt 2 came to less than attempt 1, and is kept beside it.",
  );
  expect(said).toContain("Comment `/revise` for another commit.");
  expect(await draft.onIssue()).toContain("**Checks**: red, 1 of at most 2 corrections made.");
  expect((await draft.now()).head.sha).toBe(draft.head);
  expect(await attempts(draft)).toBe(2);

  house.reply([]);
  await draft.told();
  for (const attempt of [2, 1]) {
    await draft.repository.comment(draft.number, `/use ${attempt}`);
    await draft.repository.settled(draft.number);
    await house.quiet();
  }
  expect((await draft.now()).head.sha).toBe(draft.head);
  expect(await draft.told()).toContain(
    "Its correction is attempt 2, which is kept beside it; no other is tried of this commit.",
  );
  expect(house.asked()).toEqual([]);
  expect(await attempts(draft)).toBe(2);
});

test("a correction that gives up leaves the draft as it is, and is not tried again", async () => {
  const house = shared();
  const draft = await checkedDraft(house, "gone");
  await draft.check({ conclusion: "failure", log: "FAIL" });
  house.reply([{ text: "This cannot be corrected in this repository." }, ...leaves]);
  const said = await draft.told();
  expect(said).toContain("Its correction ended without a commit: the model changed no file.");
  expect(said).toContain("Comment `/revise` for another commit.");
  house.reply([]);
  await draft.check({ name: "another", conclusion: "failure", log: "FAIL" });
  const after = await draft.told();
  expect(after).toContain("Its correction ended without a commit: the model changed no file.");
  expect(after).toContain("**red**: 2 checks");
  expect((await draft.now()).head.sha).toBe(draft.head);
  expect(house.asked()).toEqual([]);
  expect(await attempts(draft)).toBe(1);
});

test("corrections are counted over the draft's commits, and after two nothing more is tried", async () => {
  const house = shared();
  const draft = await checkedDraft(house, "counted");
  await draft.check({ conclusion: "failure", log: "FAIL" });
  house.reply(comment);
  await draft.told();
  const second = (await draft.now()).head.sha;
  expect(second).not.toBe(draft.head);
  await draft.check({ conclusion: "failure", log: "FAIL again" }, "actions", second);
  house.reply(inOneStep(edit("src/sums.js", "// The sum.", "// The sum of both.")));
  await draft.told(second);
  const third = (await draft.now()).head.sha;
  expect(third).not.toBe(second);
  await draft.check({ conclusion: "failure", log: "FAIL for good" }, "actions", third);
  house.reply([]);
  const said = await draft.told(third);
  expect(said).toContain("After 2 corrections of at most 2 nothing more is tried: comment `/revise`.");
  expect(await draft.onIssue()).toContain("**Checks**: red, 2 of at most 2 corrections made.");
  expect(house.asked()).toEqual([]);
});

test("what has passed by the time that a correction begins is not corrected, and no model is asked", async () => {
  const house = shared();
  const draft = await checkedDraft(house, "passed");
  await draft.check({ conclusion: "failure", log: "FAIL" });
  house.github.fail({
    ...{ method: "GET", path: new RegExp(`^/repos/acme/passed/issues/${draft.issue}$`) },
    before: () => draft.check({ conclusion: "success" }),
  });
  house.reply([]);
  expect(await draft.told()).toContain("**green**.");
  expect(house.asked()).toEqual([]);
  expect((await draft.now()).head.sha).toBe(draft.head);
});
