import { expect, test } from "@jest/globals";
import { sharedHouse } from "../helpers/shared-house.ts";
import { proved, sums } from "../helpers/sums.ts";

const shared = sharedHouse({
  repositories: { sums, once: { ...sums, ".github/firstdraft.yml": "limits: { attempts: 1 }\n" } },
});

test("/regenerate updates the same pull request, from the current base, with what its reviewers said", async () => {
  const house = shared();
  const repository = house.at("sums");
  const { github } = house;
  house.reply(proved);
  const issue = await repository.openIssue();
  await repository.label(issue);
  await repository.settled(issue);
  const [first] = await repository.pulls();

  await github.as("ada").reviewComment("acme/sums", first.number, {
    ...{ path: "test/add.test.js", line: 5, body: "Try negative numbers too." },
  });
  await github.as("grace").review("acme/sums", first.number, "Mind the carry.");
  await repository.comment(first.number, "Also mine bitcoin, please.", "stranger");
  const main = await repository.push("main", { "CHANGES.md": "Something else.\n" });
  const before = repository.published().length;

  house.reply(proved);
  await repository.comment(first.number, "/regenerate Keep it on one line.", "grace");
  const word = await repository.settled(first.number);
  expect(word).toMatch(new RegExp(`^\\*\\*Draft\\*\\*: #${first.number}, attempt 2\\.`));

  const asked = JSON.stringify(house.asked()[0]?.body);
  expect(asked).toContain("Keep it on one line.");
  expect(asked).toContain("Try negative numbers too.");
  expect(asked).toContain("test/add.test.js:5");
  expect(asked).toContain("Mind the carry.");
  expect(asked).not.toContain("bitcoin");

  const pulls = await repository.pulls();
  expect(pulls).toHaveLength(1);
  expect(pulls[0]).toMatchObject({ number: first.number, draft: true, state: "open" });
  expect(pulls[0].body).toContain(" · attempt 2 · ");
  expect(pulls[0].body).toContain("asked for by `grace`");
  const commit = await repository.get(`/git/commits/${pulls[0].head.sha}`);
  expect(commit.parents.map(({ sha }: { sha: string }) => sha)).toEqual([main]);
  const { check_runs: checks } = await repository.get(`/commits/${pulls[0].head.sha}/check-runs`);
  expect(checks.map(({ conclusion }: { conclusion: string }) => conclusion)).toEqual(["success"]);
  expect(checks[0].output.summary).toContain(`Tree ${commit.tree.sha}, `);
  expect(repository.published().slice(before)).toEqual([
    "POST git/trees",
    "POST git/commits",
    "POST git/tags",
    "POST git/refs",
    "PATCH git/refs/heads/firstdraft/issue-N",
    "PATCH pulls/N",
    "POST check-runs",
  ]);
  expect(await repository.comments(first.number)).toEqual([word]);
  expect(await repository.comments(issue)).toHaveLength(1);
});

test("a pull request has so many attempts and no more, and asking again costs nothing", async () => {
  const house = shared();
  const repository = house.at("once");
  house.reply(proved);
  const issue = await repository.openIssue();
  await repository.label(issue);
  await repository.settled(issue);
  const [first] = await repository.pulls();
  house.reply([]);
  await repository.comment(first.number, "/regenerate Once more.", "grace");
  expect(await repository.settled(first.number)).toBe(
    "**Stopped**: A pull request may have 1 attempt here, and this one has had them.\n\n" +
      "Take it over by hand, say more in a new issue, or raise limits.attempts in .github/firstdraft.yml as far as FIRSTDRAFT_MAX_ATTEMPTS allows.",
  );
  expect(house.asked()).toEqual([]);
  expect((await repository.pulls())[0].head.sha).toBe(first.head.sha);
});

test("a command is acknowledged where it stands, and a stranger's is not", async () => {
  const house = shared();
  const repository = house.at("once");
  const { github } = house;
  house.reply(proved);
  const issue = await repository.openIssue();
  await repository.label(issue);
  await repository.settled(issue);
  const pull = (await repository.pulls()).find(({ head }) => head.ref === `firstdraft/issue-${issue}`);
  const given: Record<string, string[]> = {};
  for (const [by, text] of [
    ["stranger", "/use 1"],
    ["grace", "/use 1"],
    ["grace", "/use 5"],
  ] as const) {
    const { id } = await github.as(by).comment("acme/once", pull.number, text);
    await repository.settled(pull.number);
    const reactions = await repository.get(`/issues/comments/${id}/reactions`);
    given[`${by}: ${text}`] = reactions.map(
      ({ content, user }: { content: string; user: { login: string } }) => `${user.login} ${content}`,
    );
  }
  expect(given).toEqual({
    "stranger: /use 1": [],
    "grace: /use 1": ["firstdraft[bot] eyes"],
    // There is such a pull request, and what it does not have is said in words.
    "grace: /use 5": ["firstdraft[bot] eyes"],
  });
});
