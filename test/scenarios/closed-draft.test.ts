import { expect, test } from "@jest/globals";
import type { Json } from "../../src/demo/github/types.ts";
import { sharedHouse } from "../helpers/shared-house.ts";
import { edit, inOneStep, proved, proving, sums } from "../helpers/sums.ts";
import type { TestRepository } from "../helpers/test-repository.ts";

const shared = sharedHouse({
  repositories: { sums, merged: sums, theirs: sums, taken: sums, edited: sums, blank: sums },
});

async function drafted(repository: TestRepository) {
  shared().reply(proved);
  const issue = await repository.openIssue();
  await repository.label(issue);
  await repository.settled(issue);
  const pull = (await repository.pulls()).find(({ head }) => head.ref === `firstdraft/issue-${issue}`);
  return { issue, number: pull.number, head: pull.head.sha, branch: pull.head.ref, body: pull.body };
}
const request = (repository: TestRepository, method: string, path: string, body?: object) =>
  shared().github.as("ada").request(method, `/repos/acme/${repository.name}${path}`, body);
const close = (repository: TestRepository, number: number) =>
  request(repository, "PATCH", `/pulls/${number}`, { state: "closed" });
async function labelAgain(repository: TestRepository, issue: number): Promise<string> {
  await shared().github.as("ada").unlabel(`acme/${repository.name}`, issue, "ai-generate");
  await repository.label(issue);
  return repository.settled(issue);
}

test.each([
  ["sums", "closed"],
  ["merged", "merged"],
])("a command on a draft that is over (%s) is answered, and costs nothing", async (name, state) => {
  const house = shared();
  const repository = house.at(name);
  const { number, head, branch } = await drafted(repository);
  if (state === "closed") await close(repository, number);
  else {
    const { node_id: id } = await repository.get(`/pulls/${number}`);
    const query =
      "mutation markReady($id: ID!) { markPullRequestReadyForReview(input: { pullRequestId: $id }) { clientMutationId } }";
    await house.github.as("ada").request("POST", "/graphql", { query, variables: { id } });
    expect(await request(repository, "PUT", `/pulls/${number}/merge`, {})).toMatchObject({ status: 200 });
  }
  house.reply([]);
  for (const command of ["/regenerate Shorter.", "/revise Shorter.", "/use 1"]) {
    const { id } = await house.github.as("grace").comment(`acme/${name}`, number, command);
    await house.quiet();
    // The same words each time.
    expect(await repository.comments(number)).toEqual([
      `**Not done**: Pull request ${number} cannot be drafted again: it is ${state}.\n\nOnly an open pull request that firstdraft opened can; label an issue to get one.`,
    ]);
    const signs = await repository.get(`/issues/comments/${id}/reactions`);
    expect(signs.map(({ content }: Json) => content)).toEqual(["confused"]);
  }
  expect(house.asked()).toEqual([]);
  expect((await repository.get(`/git/ref/heads/${branch}`)).object.sha).toBe(head);
});

test("a closed draft whose branch stays: a label goes on from it, but not over what somebody pushed there", async () => {
  const house = shared();
  const repository = house.at("theirs");
  const { issue, number, branch } = await drafted(repository);
  await close(repository, number);
  house.reply(inOneStep(proving, edit("src/sums.js", "a - b", "b + a")));
  expect(await labelAgain(repository, issue)).toMatch(/^\*\*Draft\*\*: #\d+, attempt 2\./);
  const again = (await repository.pulls()).find(({ state }) => state === "open");
  await close(repository, again.number);

  const theirs = await repository.push(branch, { "mine.js": "// Mine.\n" }, "grace");
  house.reply([]);
  expect(await labelAgain(repository, issue)).toContain(
    `The branch ${branch} stands on a commit that firstdraft did not make (${theirs.slice(0, 12)}).`,
  );
  // A list that answers nothing of ours is not held against anybody.
  const list = await house.github.as("ada").comment(`acme/${repository.name}`, issue, "1. Milk\n2. Bread");
  await house.quiet();
  expect(await repository.get(`/issues/comments/${list.id}/reactions`)).toEqual([]);
  expect(house.asked()).toEqual([]);
  expect((await repository.get(`/git/ref/heads/${branch}`)).object.sha).toBe(theirs);
});

test("somebody else's pull request from the draft's branch is told before anything is spent", async () => {
  const house = shared();
  const repository = house.at("taken");
  const { issue, number, head, branch, body: text } = await drafted(repository);
  await close(repository, number);
  // With our marks, which anybody can copy.
  const mine = { head: branch, base: "main", title: "Mine", body: text };
  const { body } = await request(repository, "POST", "/pulls", mine);
  house.reply([]);
  expect(await labelAgain(repository, issue)).toContain(
    `Pull request \`#${body.number}\` from ${branch} was opened by ada, not by firstdraft.`,
  );
  expect(house.asked()).toEqual([]);
  expect((await repository.get(`/git/ref/heads/${branch}`)).object.sha).toBe(head);
});

test("a draft whose description lost our marks: said with what to do, and that does it", async () => {
  const house = shared();
  const repository = house.at("blank");
  const { issue, number, branch, body } = await drafted(repository);
  await request(repository, "PATCH", `/pulls/${number}`, { body: `${body}\n\nReviewed by ada.` });
  house.reply([]);
  await repository.comment(number, "/regenerate", "ada");
  const word = await repository.settled(number);
  expect(word).toContain("its description no longer ends as firstdraft wrote it");
  expect(word).toContain("Take the label off its issue and add it again: ");
  const theirs = await repository.push(branch, { "mine.js": "// Mine.\n" }, "grace");
  expect(await labelAgain(repository, issue)).toContain(`(${theirs.slice(0, 12)})`);
  expect(house.asked()).toEqual([]);
  await request(repository, "PATCH", `/git/refs/heads/${branch}`, {
    sha: (await repository.get(`/commits/${theirs}`)).parents[0].sha,
    force: true,
  });
  house.reply(proved);
  expect(await labelAgain(repository, issue)).toContain(`#${number}`);
  house.reply([]);
  await repository.comment(number, "/use 1", "ada");
  expect(await repository.settled(number)).toContain(`#${number} shows attempt 1 again`);
});

test("an issue that was edited, and commits of others: the label approves the text, and /regenerate force goes on", async () => {
  const house = shared();
  const repository = house.at("edited");
  const { issue, number, branch } = await drafted(repository);
  const theirs = await repository.push(branch, { "mine.js": "// Mine.\n" }, "grace");
  await house.github.as("ada").editIssue("acme/edited", issue, { body: "`add(1, 2)` is to be 3." });
  house.reply([]);
  await repository.comment(number, "/regenerate force", "ada");
  expect(await repository.settled(number)).toMatch(/^\*\*Not done\*\*: The text of issue \d+ was changed/);
  expect(await labelAgain(repository, issue)).toContain("comment /regenerate force on the pull request");
  expect(house.asked()).toEqual([]);
  expect((await repository.get(`/git/ref/heads/${branch}`)).object.sha).toBe(theirs);

  house.reply(proved);
  await repository.comment(number, "/regenerate force", "ada");
  expect(await repository.settled(number)).toContain(`#${number}, attempt `);
  expect(JSON.stringify(house.asked()[0]?.body.messages[0])).toContain("is to be 3.");
});
