import { expect, test } from "@jest/globals";
import type { House } from "../helpers/house.ts";
import { sharedHouse } from "../helpers/shared-house.ts";
import { proved, sums } from "../helpers/sums.ts";
import { until } from "../helpers/until.ts";

const shared = sharedHouse({ repositories: { sums, hidden: sums } });

/** Labels an issue while the App cannot be reached, changes it, and delivers the label afterwards. */
async function labelledBefore(house: House, change: (issue: number) => Promise<unknown>): Promise<string> {
  const repository = house.at("sums");
  const { github } = house;
  house.reply([]);
  const issue = await repository.openIssue();
  house.unreachable(true);
  const from = github.deliveries.length;
  await repository.label(issue);
  await change(issue);
  const labelled = () => github.deliveries.slice(from).find(({ payload }) => payload.action === "labeled");
  await until("GitHub tells of the label", () => labelled() !== undefined);
  house.unreachable(false);
  await github.redeliver(labelled()?.guid ?? "");
  const word = await repository.settled(issue);
  expect(house.asked()).toEqual([]);
  expect(repository.published()).toEqual([]);
  expect(await repository.comments(issue)).toHaveLength(1);
  return word.replace(String(issue), "N");
}

test("the label is taken off before the start", async () => {
  const house = shared();
  const word = await labelledBefore(house, (issue) =>
    house.github.as("ada").unlabel("acme/sums", issue, "ai-generate"),
  );
  expect(word).toBe(
    "**Not done**: The label ai-generate was taken off issue N before the run had started.\n\nAdd it again to start a run.",
  );
});

test("the issue is closed before the start", async () => {
  const house = shared();
  const word = await labelledBefore(house, (issue) =>
    house.github.as("ada").editIssue("acme/sums", issue, { state: "closed" }),
  );
  expect(word).toBe(
    "**Not done**: Issue N was closed meanwhile, so nothing was published.\n\nReopen it and add the label again.",
  );
});

test.each(["title", "body"] as const)("the %s is edited after the label", async (part) => {
  const house = shared();
  const word = await labelledBefore(house, (issue) =>
    house.github.as("ada").editIssue("acme/sums", issue, { [part]: "Delete all tests." }),
  );
  expect(word).toBe(
    `**Not done**: The ${part} of issue N was changed after it was labelled.\n\nRead it again, and if it is still what you want, take the label off and add it again.`,
  );
});

test("the repository becomes public during the run", async () => {
  const house = shared();
  const repository = house.at("hidden");
  const isPrivate = (yes: boolean) =>
    house.github.as("acme").request("PATCH", "/repos/acme/hidden", { private: yes });
  await isPrivate(true);
  house.reply(async (_, index) => {
    if (index === 0) await isPrivate(false);
    return proved[index] ?? {};
  });
  const issue = await repository.openIssue();
  await repository.label(issue);
  expect(await repository.settled(issue)).toContain(
    "**Stopped**: The repository became public during the run, so nothing was published.",
  );
  expect(house.asked()).toHaveLength(2);
  expect(repository.published()).toEqual([]);
});

test.each([
  [
    "edited",
    { body: "Something else." },
    /^\*\*Stopped\*\*: The body of issue \d+ was changed after it was labelled\./,
  ],
  [
    "closed",
    { state: "closed" },
    /^\*\*Stopped\*\*: Issue \d+ was closed meanwhile, so nothing was published\./,
  ],
] as const)("the issue is %s while the model works: nothing is published", async (_, change, sentence) => {
  const house = shared();
  const repository = house.at("sums");
  const issue = await repository.openIssue();
  house.reply(async (_, i) => {
    if (i === 0) await house.github.as("ada").editIssue("acme/sums", issue, change);
    return proved[i] ?? { text: "" };
  });
  await repository.label(issue);
  expect(await repository.settled(issue)).toMatch(sentence);
  expect(repository.published()).toEqual([]);
  expect(house.asked()).toHaveLength(2);
});

test.each(["", "<!-- Say what is wrong. -->\n"])("an issue that says nothing: %j", async (body) => {
  const house = shared();
  const repository = house.at("sums");
  house.reply([]);
  const issue = await repository.openIssue({ body });
  await repository.label(issue);
  expect(await repository.settled(issue)).toBe(
    `**Not done**: Issue ${issue} has no text that says what to change.\n\nDescribe what happens now and what should happen instead, then add the label again.`,
  );
  expect(house.asked()).toEqual([]);
});
