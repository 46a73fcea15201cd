import { expect, test } from "@jest/globals";
import { sharedHouse } from "../helpers/shared-house.ts";
import { proved, sums } from "../helpers/sums.ts";
import { until } from "../helpers/until.ts";

const shared = sharedHouse({ repositories: { sums, pair: sums } });

test("the same delivery again, during the run and after it: one run, one pull request, one comment", async () => {
  const house = shared();
  const repository = house.at("sums");
  const labelled = () => house.github.deliveries.find(({ payload }) => payload.action === "labeled");
  house.reply(async (_, i) => {
    if (i === 0) await Promise.all([1, 2, 3].map(() => house.github.redeliver(labelled()?.guid ?? "")));
    return proved[i] ?? {};
  });
  const issue = await repository.openIssue();
  await repository.label(issue);
  const word = await repository.settled(issue);
  expect(await house.github.redeliver(labelled()?.guid ?? "")).toBe(200);
  await house.quiet();
  expect(house.asked()).toHaveLength(2);
  expect(await repository.pulls()).toHaveLength(1);
  expect(await repository.comments(issue)).toEqual([word]);
});

test("a label put on twice within a second, by two people: one run, and the second is told", async () => {
  const house = shared();
  const repository = house.at("sums");
  house.reply(proved);
  const issue = await repository.openIssue();
  await repository.label(issue);
  await house.github.as("ada").unlabel("acme/sums", issue, "ai-generate");
  await repository.label(issue, "grace");
  await until("there is a draft", async () =>
    /\*\*Draft\*\*/.test((await repository.comments(issue)).join()),
  );
  await house.quiet();
  expect(house.asked()).toHaveLength(2);
  const pulls = await repository.pulls();
  expect(pulls.filter(({ head }) => head.ref === `firstdraft/issue-${issue}`)).toHaveLength(1);
  const said = await repository.comments(issue);
  expect(said.length).toBeLessThanOrEqual(2);
  expect(said.filter((text) => text.startsWith("**Draft**"))).toHaveLength(1);
});

test("two issues of one repository run one after the other", async () => {
  const house = shared();
  const repository = house.at("pair");
  let open = 0;
  let most = 0;
  const steps = new Map<string, number>();
  house.reply(async ({ messages }) => {
    most = Math.max(most, ++open);
    const task = JSON.stringify(messages[0]).includes("the first one") ? "first" : "second";
    const step = steps.get(task) ?? 0;
    steps.set(task, step + 1);
    await new Promise((resolve) => setTimeout(resolve, 100));
    open--;
    return proved[step] ?? {};
  });
  const first = await repository.openIssue({ title: "the first one" });
  const second = await repository.openIssue({ title: "the second one" });
  await repository.label(first);
  await repository.label(second);
  expect(await repository.settled(first)).toContain("**Verified**");
  expect(await repository.settled(second)).toContain("**Verified**");
  expect(most).toBe(1);
  const runs = house.log.filter((line) => line.startsWith("acme/pair#"));
  // They are taken in at the same time, so either may be the first.
  const [one, other] = runs[0]?.startsWith(`acme/pair#${first} `) ? [first, second] : [second, first];
  const ends = runs.indexOf(`acme/pair#${one}: drafted`);
  const starts = runs.findIndex((line) => line.startsWith(`acme/pair#${other} `));
  expect(ends).toBeGreaterThan(0);
  expect(starts).toBeGreaterThan(ends);
});
