import { expect, test } from "@jest/globals";
import type { Json } from "../../src/demo/github/types.ts";
import { sharedHouse } from "../helpers/shared-house.ts";
import { edit, inOneStep, mended, proved, proving, sums, write } from "../helpers/sums.ts";
import type { TestRepository } from "../helpers/test-repository.ts";

const shared = sharedHouse({ repositories: { sums, merged: sums, gone: sums } });

async function drafted(repository: TestRepository) {
  shared().reply(proved);
  const issue = await repository.openIssue();
  await repository.label(issue);
  await repository.settled(issue);
  const [pull] = await repository.pulls();
  return { issue, number: pull.number, head: pull.head.sha, branch: pull.head.ref };
}
const told = () => JSON.stringify(shared().asked()[0]?.body.messages[0]);
const notes = (text: string) => write("NOTES.md", `${text}\n`);

test("use, revise and regenerate one after the other: each goes on from what is shown, and none is lost", async () => {
  const house = shared();
  const repository = house.at("sums");
  const { issue, number, head: first } = await drafted(repository);
  const head = async (): Promise<string> => (await repository.get(`/pulls/${number}`)).head.sha;
  const parents = async (sha: string): Promise<string[]> =>
    (await repository.get(`/git/commits/${sha}`)).parents.map(({ sha }: Json) => sha);
  const say = async (text: string, replies: ReturnType<typeof inOneStep>, word: string) => {
    house.reply(replies);
    await repository.comment(number, text, "ada");
    expect([text, await repository.settled(number)]).toEqual([text, expect.stringContaining(word)]);
    return head();
  };

  const second = await say(
    "/regenerate Otherwise.",
    inOneStep(proving, edit("src/sums.js", "a - b", "b + a")),
    "attempt 2.",
  );
  expect(await say("/use 1", [], "shows attempt 1 again")).toBe(first);
  const third = await say("/revise A note.", inOneStep(notes("Of the first.")), "attempt 3.");
  expect(await parents(third)).toEqual([first]);
  expect(told()).toContain("+export const add = (a, b) => a + b;");
  expect(await say("/use 2", [], "shows attempt 2 again")).toBe(second);
  const fourth = await say("/revise A note.", inOneStep(notes("Of the second.")), "attempt 4.");
  expect(await parents(fourth)).toEqual([second]);
  expect(told()).toContain("+export const add = (a, b) => b + a;");
  expect(await say("/use 3", [], "shows attempt 3 again")).toBe(third);
  expect(await say("/use 3", [], "shows attempt 3 again")).toBe(third);

  const fifth = await say("/regenerate keep-tests", inOneStep(mended, notes("Of nobody.")), "attempt 5.");
  expect(await parents(fifth)).toEqual(await parents(first));
  expect(told()).toContain("These files stay as they are, whatever you do to them: test/add.test.js.");
  const { body } = await repository.get(`/pulls/${number}`);
  const rows = body.split("\n").filter((line: string) => line.includes("/compare/") && line.startsWith("| "));
  expect(rows).toHaveLength(5);
  const refs = await repository.get(`/git/matching-refs/firstdraft/issue-${issue}/attempt-`);
  const kept = await Promise.all(
    refs.map(async ({ object }: Json) => (await repository.get(`/git/tags/${object.sha}`)).object.sha),
  );
  expect(kept).toEqual([first, second, third, fourth, fifth]);
  expect(await repository.comments(number)).toHaveLength(1);
  const queued = house.github.requests.flatMap(
    ({ body }) => /\*\*Queued\*\*: `ada` asked for (.*?)\. /.exec(JSON.stringify(body ?? ""))?.[1] ?? [],
  );
  expect([...new Set(queued)].sort()).toEqual([
    "a draft of this",
    "another attempt",
    "attempt 1 to be shown",
    "attempt 2 to be shown",
    "attempt 3 to be shown",
    "one more commit",
  ]);
});

test("the default branch merged into the draft's by a person: /regenerate asks, /revise goes on from there", async () => {
  const house = shared();
  const repository = house.at("merged");
  const { number, head, branch } = await drafted(repository);
  const main = await repository.push("main", { "NEWS.md": "Moved on.\n" });
  const ada = async (method: string, path: string, body: object) =>
    (await house.github.as("ada").request(method, `/repos/acme/merged/git${path}`, body)).body;
  const { tree } = await repository.get(`/git/commits/${head}`);
  const news = { path: "NEWS.md", mode: "100644", type: "blob", content: "Moved on.\n" };
  const both = await ada("POST", "/trees", { base_tree: tree.sha, tree: [news] });
  const merge = await ada("POST", "/commits", {
    ...{ message: "Merge branch 'main'", tree: both.sha, parents: [head, main] },
    author: { name: "ada", email: "ada@example.com", date: "2026-01-01T00:00:00Z" },
  });
  await ada("PATCH", `/refs/heads/${branch}`, { sha: merge.sha });

  house.reply([]);
  await repository.comment(number, "/regenerate", "ada");
  expect(await repository.settled(number)).toContain(
    `${merge.sha.slice(0, 12)} by ada (Merge branch 'main')`,
  );
  expect(house.asked()).toEqual([]);

  house.reply(inOneStep(notes("On top.")));
  await repository.comment(number, "/revise A note.", "ada");
  expect(await repository.settled(number)).toContain("**Verified**");
  const after = (await repository.get(`/pulls/${number}`)).head.sha;
  const { parents } = await repository.get(`/git/commits/${after}`);
  expect(parents.map(({ sha }: Json) => sha)).toEqual([merge.sha]);
  const { files } = await repository.get(`/compare/${main}...${after}`);
  expect(files.map(({ filename }: Json) => filename).sort()).toEqual([
    "NOTES.md",
    "src/sums.js",
    "test/add.test.js",
  ]);
});

test("a test that a person renamed on the branch, and a remark on the file that is gone", async () => {
  const house = shared();
  const repository = house.at("gone");
  const { number, branch } = await drafted(repository);
  const { id } = await house.github.as("grace").reviewComment("acme/gone", number, {
    ...{ path: "test/add.test.js", line: 5, body: "Name it after what it adds." },
  });
  const content = proving.input.content;
  const theirs = await repository.push(
    branch,
    { "test/add.test.js": null, "test/two.test.js": content },
    "grace",
  );
  house.reply(
    inOneStep(notes("Renamed.")).map((reply) =>
      "tools" in reply ? reply : { ...reply, text: "Done.\n\n**Remarks**\n\n- 1 — it was renamed" },
    ),
  );
  await repository.comment(number, "/revise", "ada");
  expect(await repository.settled(number)).toContain("**Verified**");
  expect(told()).toContain("[1] grace on test/add.test.js:5:");
  const { head } = await repository.get(`/pulls/${number}`);
  const { parents } = await repository.get(`/git/commits/${head.sha}`);
  expect(parents.map(({ sha }: Json) => sha)).toEqual([theirs]);
  const remarks: Json[] = await repository.get(`/pulls/${number}/comments`);
  expect(remarks.filter(({ in_reply_to_id }) => in_reply_to_id === id)).toHaveLength(1);

  // What the attempt before had is not there any more, and the branch has what nobody may lose.
  house.reply([]);
  await repository.comment(number, "/regenerate keep-tests", "ada");
  expect(await repository.settled(number)).toContain(`${theirs.slice(0, 12)} by grace`);
  expect(house.asked()).toEqual([]);
});
