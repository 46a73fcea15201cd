import { expect, test } from "@jest/globals";
import { openDraft } from "../helpers/checked-draft.ts";
import { checkEnded, suiteEnded } from "../helpers/checks.ts";
import { sharedHouse } from "../helpers/shared-house.ts";
import { edit, inOneStep, sums } from "../helpers/sums.ts";
import type { TestRepository } from "../helpers/test-repository.ts";
import { until } from "../helpers/until.ts";

const config = (text: string) => ({ ...sums, ".github/firstdraft.yml": text });
const shared = sharedHouse({
  env: { FIRSTDRAFT_CI_MINUTES: "60" },
  repositories: {
    green: config("ask: never\nready: ci-green\n"),
    red: config("ask: never\nlimits: { ciRounds: 1 }\n"),
    base: config("ask: never\n"),
    pushed: config("ask: never\n"),
  },
});

const drafted = (repository: TestRepository) => openDraft(shared(), repository);

const ran = (name: string, sha: string, conclusion: string | null, log?: string) =>
  checkEnded(shared(), name, sha, conclusion, log);
const told = (name: string, issue: number, sha: string) => suiteEnded(shared(), name, issue, sha);

const body = async (repository: TestRepository, number: number): Promise<string> =>
  (await repository.get(`/pulls/${number}`)).body;

test("green checks are said, and the draft is marked as ready for review, once", async () => {
  const repository = shared().at("green");
  const { issue, number, head } = await drafted(repository);
  await ran("green", head, null);
  await told("green", issue, head);
  await shared().quiet();
  expect(await body(repository, number)).toContain("**waiting**");
  await ran("green", head, "success");
  await told("green", issue, head);
  await told("green", issue, head);
  await until("it is said", async () => (await body(repository, number)).includes("**green**"));
  await shared().quiet();
  expect(await repository.get(`/pulls/${number}`)).toMatchObject({ draft: false });
  expect((await body(repository, number)).match(/### Checks of this repository/g)).toHaveLength(1);
  expect(await body(repository, number)).toMatch(/firstdraft:text-\w+ -->\n<!-- firstdraft:ready-1 -->\n?$/);
});

test("a red check of ours goes back with its log as one commit, and no more than ciRounds of them", async () => {
  const house = shared();
  const repository = house.at("red");
  const { issue, number, head } = await drafted(repository);
  const log = [
    "2026-01-01T00:00:00.0000000Z ##[group]Run npm run docs",
    ...Array.from({ length: 3000 }, (_, i) => `2026-01-01T00:00:00.0000000Z line ${i}`),
    "2026-01-01T00:00:00.0000000Z \u001b[31mFAIL: a comment is missing\u001b[0m",
    `2026-01-01T00:00:00.0000000Z token ${house.secrets.apiKey} @ada closes #1`,
  ].join("\n");
  await ran("red", head, "failure", log);
  house.reply(inOneStep(edit("src/sums.js", "export const add", "// The sum.\nexport const add")));
  await told("red", issue, head);
  const isCorrected = async () =>
    (await repository.comments(issue))[0]?.startsWith(`**Draft**: #${number}, attempt 2.`) === true;
  await until("it is corrected", isCorrected);
  await house.quiet();
  const asked = JSON.stringify(house.asked()[0]?.body.messages[0]);
  expect(asked).toContain("FAIL: a comment is missing");
  expect(asked).not.toContain("line 5\\n");
  expect(asked).not.toContain(house.secrets.apiKey);
  const pull = await repository.get(`/pulls/${number}`);
  const commit = await repository.get(`/commits/${pull.head.sha}`);
  expect(commit.parents.map(({ sha }: { sha: string }) => sha)).toEqual([head]);
  expect(commit.commit.message).toContain(`Firstdraft-Checks: ${head}`);

  await ran("red", pull.head.sha, "failure", "FAIL again");
  house.reply([]);
  await told("red", issue, pull.head.sha);
  await until("it is said", async () =>
    (await body(repository, number)).includes("After 1 correction of at most 1"),
  );
  await house.quiet();
  expect(house.asked()).toEqual([]);
  expect(await repository.get(`/pulls/${number}`)).toMatchObject({ draft: true });
});

test("what is red at the base as well, or flaky, is said and not corrected", async () => {
  const house = shared();
  const repository = house.at("base");
  const { issue, number, head } = await drafted(repository);
  const base = (await repository.get("/git/ref/heads/main")).object.sha;
  await ran("base", base, "failure");
  await ran("base", head, "failure");
  house.reply([]);
  await told("base", issue, head);
  await until("it is said", async () =>
    (await body(repository, number)).includes("| red at the base as well |"),
  );
  await ran("base", head, "success");
  await told("base", issue, head);
  await until("it is said", async () => (await body(repository, number)).includes("| flaky |"));
  await house.quiet();
  expect(house.asked()).toEqual([]);
});

test("checks of what somebody pushed are no matter of ours", async () => {
  const house = shared();
  const repository = house.at("pushed");
  const { issue, number, head } = await drafted(repository);
  const theirs = await repository.push(`firstdraft/issue-${issue}`, { "mine.js": "// Mine.\n" }, "grace");
  await ran("pushed", head, "failure");
  await ran("pushed", theirs, "failure");
  house.reply([]);
  await told("pushed", issue, head);
  await told("pushed", issue, theirs);
  await house.quiet();
  expect(house.asked()).toEqual([]);
  await house.comeDue();
  await house.quiet();
  expect(await body(repository, number)).toContain("**waiting**");
});
