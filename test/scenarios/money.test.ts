import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { sharedHouse } from "../helpers/shared-house.ts";
import { mended, proved, proving, sums } from "../helpers/sums.ts";
import { until } from "../helpers/until.ts";

const shared = sharedHouse({
  repositories: { sums, other: sums, third: sums, fourth: sums, fifth: sums },
  env: { FIRSTDRAFT_MAX_USD: "1", FIRSTDRAFT_MAX_USD_ISSUE: "0.5", FIRSTDRAFT_MAX_USD_REPOSITORY_DAY: "0.8" },
  commentPause: 0,
});

/** About $0.42 of the default model at $2 and $10. */
const dear = { usage: { input_tokens: 10_000, output_tokens: 40_000 } };

test("an issue gets what is left of its limit, then nothing; the day's limit is everybody's in the repository", async () => {
  const house = shared();
  const repository = house.at("sums");
  house.reply([{ text: "On it.", tools: [proving, mended], ...dear }, proved[1] ?? {}]);
  const issue = await repository.openIssue();
  await repository.label(issue);
  expect(await repository.settled(issue)).toContain("**Verified**");
  const [pull] = await repository.pulls();
  expect(pull.body).toContain("The run had $0.50 to spend, which was left of what this issue may cost.");
  expect(pull.body).toContain("The run stopped at its limit (money)");
  expect(house.asked()).toHaveLength(1);

  house.reply(() => ({ text: "Never asked." }));
  await repository.comment(pull.number, "/regenerate");
  expect(await repository.settled(pull.number)).toMatch(
    /^\*\*Stopped\*\*: The limit of what this issue may cost is reached: \$0\.4\d of its \$0\.50 are spent or set aside for runs that are at work\.\n\nWhoever runs firstdraft may raise FIRSTDRAFT_MAX_USD_ISSUE\./,
  );
  expect(house.asked()).toEqual([]);

  // Of the day's 0.80 there are less than 0.40 left.
  house.reply([{ text: "On it.", tools: [proving, mended] }, proved[1] ?? {}]);
  const another = await repository.openIssue();
  await repository.label(another);
  expect(await repository.settled(another)).toContain("**Verified**");
  const second = (await repository.pulls()).find(({ head }) => head.ref === `firstdraft/issue-${another}`);
  expect(second.body).toMatch(
    /The run had \$0\.3\d to spend, which was left of what this repository may cost that day\./,
  );
});

test("four fifths of a limit are gone: the comment says so while the run works", async () => {
  const house = shared();
  const repository = house.at("other");
  house.reply([{ text: "On it.", tools: [proving, mended], ...dear }, proved[1] ?? {}]);
  const issue = await repository.openIssue();
  await repository.label(issue);
  expect(await repository.settled(issue)).toContain("**Verified**");
  const said = house.github.requests.map(({ body }) => String((body as { body?: string } | null)?.body));
  expect(said).toContainEqual(
    expect.stringMatching(
      /of at most \$0\.50 spent\)\.\n\n\*\*Note\*\*: 8\d % of the run's limit is spent\./,
    ),
  );
});

const overloaded = { status: 529, error: { type: "overloaded_error", message: "Overloaded" } };

test("tried again where nobody knows what it did: it has what is left, not the same once more", async () => {
  const house = shared();
  const repository = house.at("fourth");
  house.reply(async (_, at) => {
    if (at === 0) return { ...proved[0], usage: { input_tokens: 10_000, output_tokens: 30_000 } };
    const runs = join(house.dataDir, "runs");
    for (const run of await readdir(runs)) {
      await rm(join(runs, run, "journal.jsonl"), { force: true });
      await house.journals.remove(run);
    }
    return at < 6 ? overloaded : (proved[at - 6] ?? { text: "" });
  });
  const issue = await repository.openIssue();
  await repository.label(issue);
  await until("there is a draft", async () => (await repository.pulls()).length === 1);
  const [pull] = await repository.pulls();
  expect(pull.body).toContain("The run had $0.18 to spend, which was left of what this issue may cost.");
});

test("tried again where it was: its pull request says for what reason it had less", async () => {
  const house = shared();
  const repository = house.at("fifth");
  house.reply((_, at) =>
    at < 1 ? (proved[0] ?? {}) : at < 6 ? overloaded : (proved[at - 5] ?? { text: "" }),
  );
  const issue = await repository.openIssue();
  await repository.label(issue);
  await until("there is a draft", async () => (await repository.pulls()).length === 1);
  const [pull] = await repository.pulls();
  expect(pull.body).toContain("The run had $0.50 to spend, which was left of what this issue may cost.");
});

test("a pull request that is closed: what it cost is known", async () => {
  const house = shared();
  const repository = house.at("third");
  house.reply(proved);
  const issue = await repository.openIssue();
  await repository.label(issue);
  await repository.settled(issue);
  const [pull] = await repository.pulls();
  const account = () => house.ledger.costs();
  const own = (await account()).filter(({ repository }) => repository === "acme/third");
  expect(own).toMatchObject([{ runs: 1, pullRequests: 1, merged: 0 }]);
  expect(own[0]?.usd).toBeGreaterThan(0);

  // Neither is told by this GitHub: what GitHub sends.
  const { payload } = house.github.deliveries.findLast(({ event }) => event === "pull_request") ?? {};
  const closed = (merged: boolean) => ({
    ...{ ...payload, action: "closed", pull_request: { ...pull, state: "closed", merged } },
  });
  await house.deliver("pull_request", closed(false));
  await house.deliver("pull_request", closed(true));
  await until("the merge is noted", async () => (await account()).some(({ merged }) => merged === 1));
});
