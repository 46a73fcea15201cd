import { expect, test } from "@jest/globals";
import { checkedDraft, comment, firstAsked } from "../helpers/checked-draft.ts";
import { reportStatus } from "../helpers/checks.ts";
import { sharedHouse } from "../helpers/shared-house.ts";
import { sums } from "../helpers/sums.ts";

const config = (text: string) => ({ ...sums, ".github/firstdraft.yml": text });
const shared = sharedHouse({
  repositories: {
    runs: sums,
    statuses: config("limits: { ciRounds: 0 }\n"),
    more: config("ready: ci-green\n"),
    red: sums,
  },
});
const numbers = (count: number) => Array.from({ length: count }, (_, at) => String(at).padStart(4, "0"));

test("of 131 check runs the one that failed, on the last page, is shown first and goes back", async () => {
  const house = shared();
  const draft = await checkedDraft(house, "runs");
  await draft.check({ name: "zebra", conclusion: "failure", log: "FAIL on the last page" });
  for (const name of numbers(130))
    await draft.check({ name: `job ${name}`, conclusion: "success" }, "other-ci");
  house.reply([{ text: "There is nothing to do." }]);
  const said = await draft.told();
  expect(firstAsked(house)).toContain("FAIL on the last page");
  expect(said).toMatch(/\|---\|---\|---\|\n\| `zebra` \| `github-actions` \| red/);
  expect(said).toContain("And 101 more.");
});

test("of 131 statuses the one that failed, on the last page, is shown", async () => {
  const house = shared();
  const draft = await checkedDraft(house, "statuses");
  await draft.status("failure", "zebra");
  for (const name of numbers(130)) await draft.status("success", `status ${name}`);
  expect(await draft.told()).toMatch(/\|---\|---\|---\|\n\| `zebra` \| status \| red/);
});

test("where there are more than are read nothing is green, and it is said", async () => {
  const house = shared();
  const draft = await checkedDraft(house, "more");
  await Promise.all(
    numbers(1101).map((name) =>
      reportStatus(house, "more", draft.head, { context: `status ${name}`, state: "success" }),
    ),
  );
  const said = await draft.told();
  expect(said).toContain("**not all read**, and what was read is not red.");
  expect(said).toContain("Not read, since there are more than 1,000: the rest of the statuses.");
  expect(await draft.onIssue()).toContain("**Checks**: not all read.");
  expect(await draft.now()).toMatchObject({ draft: true });
});

test("of more than five that failed five are told, and the others are named", async () => {
  const house = shared();
  const draft = await checkedDraft(house, "red");
  for (const name of numbers(7))
    await draft.check({ name: `job ${name}`, conclusion: "failure", log: `FAIL of ${name}` });
  house.reply(comment);
  await draft.told();
  const asked = firstAsked(house);
  expect(asked.match(/FAIL of \d+/g)).toHaveLength(5);
  expect(asked).toContain("Others that failed:\\njob 0005\\njob 0006");
});
