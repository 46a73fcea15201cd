import { expect, test } from "@jest/globals";
import { sharedHouse } from "../helpers/shared-house.ts";
import { edit, inOneStep, mended, proved, proving, sums, write } from "../helpers/sums.ts";
import type { TestRepository } from "../helpers/test-repository.ts";

const shared = sharedHouse({
  repositories: { sums, tests: sums, unkept: sums, chosen: sums, refused: sums, theirs: sums, long: sums },
});

async function drafted(repository: TestRepository, replies = proved) {
  shared().reply(replies);
  const issue = await repository.openIssue();
  await repository.label(issue);
  await repository.settled(issue);
  const pull = (await repository.pulls()).find(({ head }) => head.ref === `firstdraft/issue-${issue}`);
  return { issue, number: pull.number, head: pull.head.sha, branch: pull.head.ref };
}

/** What the model was told at the start of the last run. */
const told = () => JSON.stringify(shared().asked()[0]?.body.messages[0]);

test("another attempt is told the last one's difference, and what its pull request says of it", async () => {
  const house = shared();
  const repository = house.at("sums");
  const { number } = await drafted(repository);
  house.reply(inOneStep(proving, edit("src/sums.js", "a - b", "b + a")));
  await repository.comment(number, "/regenerate The other way round, please.", "grace");
  expect(await repository.settled(number)).toMatch(
    new RegExp(`^\\*\\*Draft\\*\\*: #${number}, attempt 2\\.`),
  );
  expect(told()).toMatch(/<attempt-[0-9a-f]+>\\n\*\*Verified\*\*: .*<\/attempt-/);
  expect(told()).toMatch(
    /<difference-[0-9a-f]+>\\ndiff --git .*-export const add = \(a, b\) => a - b;\\n\+export const add = \(a, b\) => a \+ b;/,
  );
  const { body } = await repository.get(`/pulls/${number}`);
  expect(body).toMatch(/\| the difference of the attempt before \| firstdraft \| \d+ \| nothing \|/);
});

test("keep-tests: the tests stay as they were, whatever the model does to them", async () => {
  const house = shared();
  const repository = house.at("tests");
  const { number } = await drafted(repository);
  const { tree } = await repository.get(
    `/git/commits/${(await repository.get(`/pulls/${number}`)).head.sha}`,
  );
  const blob = async (sha: string) => {
    const { tree: files } = await repository.get(`/git/trees/${sha}?recursive=1`);
    return files.find(({ path }: { path: string }) => path === "test/add.test.js").sha;
  };
  house.reply(
    inOneStep(write("test/add.test.js", "// No test any more.\n"), edit("src/sums.js", "a - b", "b + a")),
  );
  await repository.comment(number, "/regenerate keep-tests\nThe other way round, please.", "grace");
  expect(await repository.settled(number)).toMatch(/attempt 2\.\n\n\*\*Verified\*\*/);
  expect(told()).toContain("These files stay as they are, whatever you do to them: test/add.test.js.");
  const after = await repository.get(`/pulls/${number}`);
  expect(await blob((await repository.get(`/git/commits/${after.head.sha}`)).tree.sha)).toBe(
    await blob(tree.sha),
  );
  expect(after.body).toContain(
    "The model also changed `test/add.test.js`; that was left out, since the tests of the attempt before were to stay as they are.",
  );
});

test("keep-tests where there are none to keep, and options that say nothing or too much, cost nothing", async () => {
  const house = shared();
  const repository = house.at("unkept");
  const { number } = await drafted(repository, [...inOneStep(mended), ...Array(9).fill({ text: "Done." })]);
  house.reply([]);
  for (const [asked, what, fix] of [
    [
      "keep-tests",
      "The attempt that the pull request shows has no tests of its own that could be kept.",
      "Comment /regenerate without keep-tests.",
    ],
    [
      "budget=lots",
      "It cannot be told what budget=lots asks for.",
      "model= takes the id of a model, and budget= dollars, for example budget=2.50.",
    ],
    [
      "budget=99",
      "budget=99 is more than a run may cost here.",
      "That is at most $2, by FIRSTDRAFT_MAX_USD.",
    ],
    [
      "model=gpt-unheard-of",
      "The price of the model gpt-unheard-of, which was asked for, is not known here.",
      "Name another after model= or in .github/firstdraft.yml, or let the operator set FIRSTDRAFT_MODEL and FIRSTDRAFT_PRICE.",
    ],
  ]) {
    await repository.comment(number, `/regenerate ${asked}`, "ada");
    expect(await repository.settled(number)).toMatch(/^\*\*(Not done|Stopped)\*\*: /);
    const [word] = await repository.comments(number);
    expect(word).toContain(`${what}\n\n${fix}`);
  }
  expect(house.asked()).toEqual([]);
});

test("model= and budget= count for this attempt", async () => {
  const house = shared();
  const repository = house.at("chosen");
  const { number } = await drafted(repository);
  house.reply(inOneStep(proving, edit("src/sums.js", "a - b", "b + a")));
  await repository.comment(number, "/regenerate model=claude-haiku-4-5 budget=0.75", "ada");
  expect(await repository.settled(number)).toContain("attempt 2.");
  expect(house.asked().map(({ body }) => body.model)).toEqual(["claude-haiku-4-5", "claude-haiku-4-5"]);
  expect((await repository.get(`/pulls/${number}`)).body).toContain("`claude-haiku-4-5`");
});

test("what others pushed is not taken off the branch before somebody says so, and stays elsewhere", async () => {
  const house = shared();
  const repository = house.at("theirs");
  const { issue, number, branch } = await drafted(repository);
  const theirs = await repository.push(branch, { "mine.js": "// Mine.\n" }, "grace");
  house.reply([]);
  await repository.comment(number, "/regenerate force it to be positive", "ada");
  expect(await repository.settled(number)).toBe(
    `**Not done**: The branch ${branch} has a commit that firstdraft did not make, and another attempt would take it off: ${theirs.slice(0, 12)} by grace (By grace).\n\nTo go on without, comment /regenerate force on the pull request, with guidance on the lines below; the branch as it is now stays at refs/firstdraft/issue-${issue}/replaced-${theirs.slice(0, 12)}.`,
  );
  expect((await repository.get(`/git/ref/heads/${branch}`)).object.sha).toBe(theirs);
  // Asked for by the label it would be the same.
  expect(house.asked()).toEqual([]);

  house.reply(inOneStep(proving, edit("src/sums.js", "a - b", "b + a")));
  await repository.comment(number, "/regenerate force\nThe other way round.", "ada");
  expect(await repository.settled(number)).toContain("attempt 2.");
  const { head } = await repository.get(`/pulls/${number}`);
  expect(head.sha).not.toBe(theirs);
  const kept = await repository.get(`/git/ref/firstdraft/issue-${issue}/replaced-${theirs.slice(0, 12)}`);
  expect(kept.object.sha).toBe(theirs);
});

test("guidance that is longer than its place is told as a whole", async () => {
  const house = shared();
  const repository = house.at("long");
  const { number } = await drafted(repository);
  house.reply(inOneStep(proving, edit("src/sums.js", "a - b", "b + a")));
  const log = "a line of a log\n".repeat(1000);
  await repository.comment(number, `/regenerate The other way round.\n\n${log}The end of it all.`, "grace");
  expect(await repository.settled(number)).toContain("attempt 2.");
  expect(told()).toContain("The end of it all.");
  house.reply([]);
});
