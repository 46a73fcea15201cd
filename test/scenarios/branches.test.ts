import { expect, test } from "@jest/globals";
import { sharedHouse } from "../helpers/shared-house.ts";
import { proved, sums } from "../helpers/sums.ts";

const shared = sharedHouse({ repositories: { sums, moving: sums, empty: null } });

async function drafted(name = "sums") {
  const repository = shared().at(name);
  shared().reply(proved);
  const issue = await repository.openIssue();
  await repository.label(issue);
  await repository.settled(issue);
  const pull = (await repository.pulls()).find(({ head }) => head.ref === `firstdraft/issue-${issue}`);
  return { repository, issue, pull };
}

test("the default branch moves during the run: the draft stands on the base that was proved, and takes nothing back", async () => {
  const house = shared();
  const repository = house.at("moving");
  const base = (await repository.get("/git/ref/heads/main")).object.sha;
  let main = "";
  house.reply(async (_, i) => {
    if (i === 0) main = await repository.push("main", { "NEWS.md": "Moved on.\n" });
    return proved[i] ?? {};
  });
  const issue = await repository.openIssue();
  await repository.label(issue);
  expect(await repository.settled(issue)).toContain("**Verified**: ");
  const [pull] = await repository.pulls();
  const commit = await repository.get(`/git/commits/${pull.head.sha}`);
  expect(commit.parents.map(({ sha }: { sha: string }) => sha)).toEqual([base]);
  expect((await repository.get("/git/ref/heads/main")).object.sha).toBe(main);
  const { files } = await repository.get(`/compare/${base}...${pull.head.sha}`);
  expect(files.map(({ filename }: { filename: string }) => filename).sort()).toEqual([
    "src/sums.js",
    "test/add.test.js",
  ]);
});

test("somebody's own work on the draft's branch is never overwritten", async () => {
  const house = shared();
  const repository = house.at("sums");
  house.reply(proved);
  const issue = await repository.openIssue();
  const theirs = await repository.push(`firstdraft/issue-${issue}`, { "mine.js": "// Mine.\n" }, "grace");
  await repository.label(issue);
  const word = await repository.settled(issue);
  expect(word).toContain(
    `**Not done**: The branch firstdraft/issue-${issue} stands on a commit that firstdraft did not make (${theirs.slice(0, 12)}).\n\nNothing was overwritten: comment /revise on its pull request for a commit on top of that, or /regenerate force to go on without it. Where there is none, keep that work elsewhere and delete the branch.`,
  );
  expect(house.asked()).toEqual([]);
  expect((await repository.get(`/git/ref/heads/firstdraft/issue-${issue}`)).object.sha).toBe(theirs);
  expect(await repository.pulls()).toEqual([]);
});

test("a reviewer's commit on the draft's branch is never overwritten, before or during another attempt", async () => {
  const house = shared();
  const { repository, issue, pull } = await drafted();
  let theirs = "";
  house.reply(async (_, i) => {
    if (i === 1)
      theirs = await repository.push(`firstdraft/issue-${issue}`, { "fix.js": "// Better.\n" }, "grace");
    return proved[i] ?? {};
  });
  await repository.comment(pull.number, "/regenerate");
  const word = await repository.settled(pull.number);
  expect(word).toContain(`stands on a commit that firstdraft did not make (${theirs.slice(0, 12)})`);
  house.reply(proved);
  await repository.comment(pull.number, "/regenerate once more");
  expect(await repository.settled(pull.number)).toMatch(/^\*\*Not done\*\*: The branch/);
  expect((await repository.get(`/git/ref/heads/firstdraft/issue-${issue}`)).object.sha).toBe(theirs);
});

test("the draft is closed and its branch deleted: /regenerate says so, and a new label makes a new one", async () => {
  const house = shared();
  const { repository, issue, pull } = await drafted();
  const ada = house.github.as("ada");
  await ada.request("PATCH", `/repos/acme/sums/pulls/${pull.number}`, { state: "closed" });
  await ada.request("DELETE", `/repos/acme/sums/git/refs/heads/firstdraft/issue-${issue}`);
  await ada.unlabel("acme/sums", issue, "ai-generate");
  house.reply(proved);
  await repository.label(issue);
  expect(await repository.settled(issue)).toContain("**Verified**: ");
  const pulls = (await repository.pulls()).filter(({ head }) => head.ref === `firstdraft/issue-${issue}`);
  expect(pulls.map(({ state }) => state).sort()).toEqual(["closed", "open"]);
});

test("the branch is deleted while another attempt is made: it is made again", async () => {
  const house = shared();
  const { repository, issue, pull } = await drafted();
  house.reply(async (_, i) => {
    if (i === 1)
      await house.github
        .as("ada")
        .request("DELETE", `/repos/acme/sums/git/refs/heads/firstdraft/issue-${issue}`);
    return proved[i] ?? {};
  });
  await repository.comment(pull.number, "/regenerate");
  const word = await repository.settled(pull.number);
  expect(word).toContain("**Verified**: ");
  expect((await repository.get(`/git/ref/heads/firstdraft/issue-${issue}`)).object.sha).toMatch(
    /^[0-9a-f]{40}$/,
  );
});

test("a repository without commits", async () => {
  const house = shared();
  const repository = house.at("empty");
  house.reply([]);
  const issue = await repository.openIssue();
  await repository.label(issue);
  expect(await repository.settled(issue)).toBe(
    "**Not done**: The repository acme/empty has no commit to start from.\n\nMake a first commit.",
  );
  expect(house.asked()).toEqual([]);
  expect(repository.published()).toEqual([]);
});
