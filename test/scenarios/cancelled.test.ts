import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { longCommand } from "../helpers/long-command.ts";
import { sharedHouse } from "../helpers/shared-house.ts";
import { bash, inOneStep, mended, proved, proving, sums, write } from "../helpers/sums.ts";
import type { TestRepository } from "../helpers/test-repository.ts";
import { until } from "../helpers/until.ts";

const sleep = longCommand();
const names = ["working", "testing", "waiting", "refused", "nothing"];
const shared = sharedHouse({ repositories: Object.fromEntries(names.map((name) => [name, sums])) });

const word = (by: string) =>
  new RegExp(
    `^\\*\\*Stopped\\*\\*: ${by} cancelled this\\.\\n\\nTo start again, take the label off and add it again; on a pull request, comment /regenerate\\.`,
  );

/** Waits for what is said below how a run stands. */
const noted = (repository: TestRepository, issue: number, what: RegExp) =>
  until(`${what} is said`, async () => what.test((await repository.comments(issue)).join()));

/** A killed command may be seen for a moment after its sandbox has ended. */
const noneIsLeft = () => until("nothing of it is left", () => sleep.pids().length === 0);

/** The last sign on somebody's comment. */
const reaction = () => shared().github.requests.findLast(({ path }) => path.endsWith("/reactions"))?.body;

/** What runs have left in the data folder beside their journals. */
const leftOver = () =>
  readdirSync(join(shared().dataDir, "runs"))
    .flatMap((run) => readdirSync(join(shared().dataDir, "runs", run)))
    .filter((name) => name !== "journal.jsonl");

test("while the model works: its command ends, nothing is left, the label starts anew", async () => {
  const house = shared();
  const repository = house.at("working");
  house.reply([{ text: "First.", tools: [bash(`${sleep.command} || true`)] }, ...proved]);
  const issue = await repository.openIssue();
  await repository.label(issue);
  await until("the command runs", () => sleep.pids().length > 0);
  await repository.comment(issue, "/cancel", "grace");
  const said = await repository.settled(issue);
  expect(said).toMatch(word("grace"));
  expect(said).toMatch(/\n\n\$0\.\d+ · 1 model turn · /);
  await noneIsLeft();
  expect(house.asked()).toHaveLength(1);
  expect(leftOver()).toEqual([]);
  expect(await repository.comments(issue)).toHaveLength(1);
  expect(repository.published()).toEqual([]);
  expect(reaction()).toEqual({ content: "eyes" });
  const [costs] = (await house.ledger.costs()).filter((one) => one.repository === "acme/working");
  expect(costs).toMatchObject({ runs: 1 });
  expect(costs?.usd).toBeGreaterThan(0);
  expect(costs?.usd).toBeLessThan(0.2);

  house.reply(proved);
  await house.github.as("ada").unlabel("acme/working", issue, "ai-generate");
  await repository.label(issue);
  expect(await repository.settled(issue)).toMatch(/^\*\*Draft\*\*/);
  expect(await repository.pulls()).toHaveLength(1);
});

test("while the tests run: /cancel on the issue or on its pull request, whose attempt stays", async () => {
  const house = shared();
  const repository = house.at("testing");
  house.reply(proved);
  const issue = await repository.openIssue();
  await repository.label(issue);
  await repository.settled(issue);
  const [pull] = await repository.pulls();
  const before = await repository.get(`/pulls/${pull.number}`);
  const hanging = write(
    "test/slow.test.js",
    `import { execSync } from "node:child_process";\nimport { test } from "node:test";\ntest("hangs", () => execSync("${sleep.command}"));\n`,
  );
  for (const place of [pull.number, issue]) {
    house.reply(inOneStep(proving, mended, hanging));
    await repository.comment(pull.number, "/regenerate Slower.", "ada");
    await until("the tests run", () => sleep.pids().length > 0);
    await repository.comment(place, "/cancel", "ada");
    expect(await repository.settled(pull.number)).toMatch(word("ada"));
    await noneIsLeft();
    expect(leftOver()).toEqual([]);
  }
  const after = await repository.get(`/pulls/${pull.number}`);
  expect([after.title, after.body, after.head.sha]).toEqual([before.title, before.body, before.head.sha]);
  expect(await repository.get(`/git/matching-refs/firstdraft/issue-${issue}/`)).toHaveLength(1);
});

test("while it waits behind another, which goes on; a third that waits gets the turn", async () => {
  const house = shared();
  const repository = house.at("waiting");
  const release = Promise.withResolvers<void>();
  let first = true;
  house.reply(async ({ messages }) => {
    if (first) {
      first = false;
      await release.promise;
    }
    const turn = messages.filter(({ role }) => role === "assistant").length;
    return proved[turn] ?? { text: "" };
  });
  const issues = [await repository.openIssue(), await repository.openIssue(), await repository.openIssue()];
  const [one = 0, two = 0, three = 0] = issues;
  await repository.label(one);
  await until("the first is at work", () => house.asked().length > 0);
  await repository.label(two);
  await repository.label(three);
  // In any order; and what is not queued yet nobody can cancel in the second in which it was asked for.
  for (const issue of [two, three])
    await until("it waits", async () => (await repository.comments(issue)).join().startsWith("**Queued**"));
  await repository.comment(two, "Not now.\n\n/cancel", "ada");
  await until("it is cancelled", async () => word("ada").test((await repository.comments(two)).join()));
  release.resolve();
  expect(await repository.settled(one)).toMatch(/^\*\*Draft\*\*/);
  expect(await repository.settled(three)).toMatch(/^\*\*Draft\*\*/);
  expect(await repository.comments(two)).toHaveLength(1);
  expect(await repository.pulls()).toHaveLength(2);
});

test("by somebody without write access it is refused, and the run goes on", async () => {
  const house = shared();
  const repository = house.at("refused");
  const release = Promise.withResolvers<void>();
  house.reply(async (_request, at) => {
    if (at === 0) await release.promise;
    return proved[at] ?? { text: "" };
  });
  const issue = await repository.openIssue({}, "stranger");
  await repository.label(issue);
  await until("the model is asked", () => house.asked().length > 0);
  for (const login of ["tom", "rita", "stranger"]) {
    await repository.comment(issue, "/cancel", login);
    await noted(
      repository,
      issue,
      new RegExp(
        `\\*\\*Not done\\*\\*: ${login} may not cancel this: that takes write access to acme/refused\\.`,
      ),
    );
  }
  expect(repository.published()).toEqual([]);
  release.resolve();
  await noted(repository, issue, /^\*\*Draft\*\*/);
});

test("where nothing runs or waits it says so below what is shown, with 😕", async () => {
  const house = shared();
  const repository = house.at("nothing");
  house.reply(proved);
  const issue = await repository.openIssue();
  await repository.label(issue);
  await repository.settled(issue);
  const published = repository.published().length;
  await repository.comment(issue, "/cancel", "ada");
  const nothing = /^\*\*Not done\*\*: There is nothing to cancel here/;
  expect(await repository.settled(issue)).toMatch(nothing);
  expect((await repository.comments(issue)).join()).toMatch(/^\*\*Draft\*\*/);
  expect(repository.published()).toHaveLength(published);
  expect(reaction()).toEqual({ content: "confused" });
  // On a closed issue and on a pull request too.
  const [pull] = await repository.pulls();
  await repository.comment(pull.number, "/cancel", "ada");
  expect(await repository.settled(pull.number)).toMatch(nothing);
  await house.github.as("ada").request("PATCH", `/repos/acme/nothing/issues/${issue}`, { state: "closed" });
  const other = await repository.openIssue();
  await repository.comment(other, "/cancel", "ada");
  expect(await repository.settled(other)).toMatch(nothing);
});
