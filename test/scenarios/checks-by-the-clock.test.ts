import { expect, test } from "@jest/globals";
import { openDraft } from "../helpers/checked-draft.ts";
import { checkEnded, suiteEnded } from "../helpers/checks.ts";
import { sharedHouse } from "../helpers/shared-house.ts";
import { edit, inOneStep, sums } from "../helpers/sums.ts";
import type { TestRepository } from "../helpers/test-repository.ts";
import { until } from "../helpers/until.ts";

const workflow = { ".github/workflows/ci.yml": "on: push\n" };
const shared = sharedHouse({
  env: { FIRSTDRAFT_CI_MINUTES: "60" },
  repositories: {
    slow: { ...sums, ".github/firstdraft.yml": "limits: { ciMinutes: 45 }\nready: ci-green\n" },
    none: { ...sums, ...workflow },
    bare: sums,
    never: { ...sums, ".github/firstdraft.yml": "limits: { ciMinutes: 0 }\n" },
    gone: { ...sums, ...workflow },
    again: sums,
    broken: sums,
  },
});

const drafted = (repository: TestRepository) => openDraft(shared(), repository);
const body = async (repository: TestRepository, number: number): Promise<string> =>
  (await repository.get(`/pulls/${number}`)).body;
const onIssue = async (repository: TestRepository, issue: number) => (await repository.comments(issue))[0];

test("a draft waits for its checks; what has not ended in time is said, and what ends later is heard", async () => {
  const house = shared();
  const repository = house.at("slow");
  const { issue, word, number, head } = await drafted(repository);
  expect(word).toContain(`**Draft**: #${number}, attempt 1.\n\n**Checks**: waiting.`);
  const said = await body(repository, number);
  expect(said).toContain(`At \`${head.slice(0, 12)}\`: **waiting**.`);
  expect(said).toContain("or after 45 minutes");
  await checkEnded(house, "slow", head, null);
  await suiteEnded(house, "slow", issue, head);
  await house.quiet();
  expect(await body(repository, number)).toBe(said);
  await house.comeDue();
  await until("it is said", async () =>
    (await body(repository, number)).includes("**not all ended**: 1 of 1 check still ran after 45 minutes."),
  );
  await house.quiet();
  expect(await repository.get(`/pulls/${number}`)).toMatchObject({ draft: true });
  expect(await onIssue(repository, issue)).toContain("**Checks**: not all ended.");
  await checkEnded(house, "slow", head, "success");
  await suiteEnded(house, "slow", issue, head);
  await until("it is heard", async () => (await body(repository, number)).includes("**green**"));
  await house.quiet();
  expect(await onIssue(repository, issue)).toContain("**Checks**: green.");
  expect(await repository.comments(issue)).toHaveLength(1);
  expect(await repository.get(`/pulls/${number}`)).toMatchObject({ draft: false });
});

test("where workflows are and none has started that is said, and where nothing could, in one sentence", async () => {
  const house = shared();
  const none = await drafted(house.at("none"));
  const bare = await drafted(house.at("bare"));
  await house.comeDue();
  await until("it is said", async () =>
    (await body(house.at("none"), none.number)).includes("**none was started** within 60 minutes."),
  );
  const quiet = "**none** within 60 minutes: this repository has no workflows, and its base has no checks.";
  await until("it is said", async () => (await body(house.at("bare"), bare.number)).includes(quiet));
});

test("with no minutes to wait nothing is said and nothing put off", async () => {
  const house = shared();
  const { word, number } = await drafted(house.at("never"));
  expect(word).not.toContain("Checks");
  expect(await body(house.at("never"), number)).not.toContain("Checks of this repository");
  await house.comeDue();
  await house.quiet();
  expect(await body(house.at("never"), number)).not.toContain("Checks of this repository");
});

test("of a draft that was closed the clock says nothing", async () => {
  const house = shared();
  const repository = house.at("gone");
  const { number } = await drafted(repository);
  await house.github.as("ada").request("PATCH", `/repos/acme/gone/pulls/${number}`, { state: "closed" });
  const closed = await body(repository, number);
  await house.comeDue();
  await house.quiet();
  expect(await body(repository, number)).toBe(closed);
});

test("an earlier attempt that is shown again has what its checks came to said", async () => {
  const house = shared();
  const repository = house.at("again");
  const { issue, number, head } = await drafted(repository);
  await checkEnded(house, "again", head, "success");
  house.reply(inOneStep(edit("src/sums.js", "export const add", "// The sum.\nexport const add")));
  await repository.comment(number, "/revise Say what it is.");
  await repository.settled(number);
  expect(await body(repository, number)).toContain("**waiting**");
  await until(
    "the issue says it",
    async () => (await onIssue(repository, issue))?.includes("**Checks**: waiting.") === true,
  );
  await repository.comment(number, "/use 1");
  await until("it is said", async () => (await body(repository, number)).includes("**green**"));
  await house.quiet();
  // The look at the head between them is of a head that is none any more.
  const shown = await body(repository, number);
  await house.comeDue();
  await house.quiet();
  expect(await body(repository, number)).toBe(shown);
});

test("where the configuration cannot be read by then, what was found is said, why nothing follows, and that once", async () => {
  const house = shared();
  const repository = house.at("broken");
  const { issue, number, head } = await drafted(repository);
  await repository.push("main", { ".github/firstdraft.yml": "ask: never\nreedy: ci-green\n" });
  await checkEnded(house, "broken", head, "failure", "FAIL");
  house.reply([]);
  await house.comeDue();
  const why =
    "Nothing is corrected or marked as ready for review before this is mended: .github/firstdraft.yml, line 2:";
  await until("it is said", async () => (await body(repository, number)).includes(why));
  await house.quiet();
  const said = await body(repository, number);
  expect(said).toContain(
    "**red**: 1 check that did not run to an end at the base. Comment `/revise` for another commit.",
  );
  expect(await onIssue(repository, issue)).toContain("**Checks**: red");
  const writes = repository.writes();
  await suiteEnded(house, "broken", issue, head);
  await house.quiet();
  expect(repository.writes()).toEqual(writes);
  expect(house.asked()).toEqual([]);
  // Mended, it goes on with the next of its checks.
  await repository.push("main", { ".github/firstdraft.yml": "ask: never\nlimits: { ciRounds: 0 }\n" });
  await suiteEnded(house, "broken", issue, head);
  await until("it is gone", async () => !(await body(repository, number)).includes(why));
});
