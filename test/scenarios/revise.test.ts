import { expect, test } from "@jest/globals";
import type { Json } from "../../src/demo/github/types.ts";
import { sharedHouse } from "../helpers/shared-house.ts";
import { edit, inOneStep, proved, summary, sums, write } from "../helpers/sums.ts";
import type { TestRepository } from "../helpers/test-repository.ts";

const shared = sharedHouse({
  repositories: { sums, reviewed: sums, worse: sums, moved: sums, nothing: sums, others: sums, rounds: sums },
});

async function drafted(repository: TestRepository) {
  shared().reply(proved);
  const issue = await repository.openIssue();
  await repository.label(issue);
  await repository.settled(issue);
  const pull = (await repository.pulls()).find(({ head }) => head.ref === `firstdraft/issue-${issue}`);
  return { issue, number: pull.number, head: pull.head.sha, branch: pull.head.ref };
}

const told = () => JSON.stringify(shared().asked()[0]?.body.messages[0]);
const answering = (...lines: string[]) => `${summary}\n\n**Remarks**\n\n${lines.join("\n")}`;
/** The same change with its words. */
const inWords = (text: string, ...tools: Parameters<typeof inOneStep>) =>
  inOneStep(...tools).map((reply) => ("tools" in reply ? reply : { ...reply, text }));
const replies = async (repository: TestRepository, number: number, thread: number) =>
  (await repository.get(`/pulls/${number}/comments?per_page=100`))
    .filter(({ in_reply_to_id }: Json) => in_reply_to_id === thread)
    .map(({ body, user }: Json) => [user.login, body.replace(/<!--[\s\S]*?-->/g, "").trim()]);

test("/revise adds one commit on top of everybody's, and answers each open thread that it addressed", async () => {
  const house = shared();
  const repository = house.at("sums");
  const { number, head, branch } = await drafted(repository);
  const grace = house.github.as("grace");
  const remark = async (body: string, path = "src/sums.js") =>
    (await grace.reviewComment("acme/sums", number, { path, line: 1, body })).id;
  const [name, done, comment] = [
    await remark("A comment, please."),
    await remark("Old."),
    await remark("And why?"),
  ];
  await grace.resolve(done);
  const theirs = await repository.push(branch, { "mine.js": "// Mine.\n" }, "grace");
  house.reply(
    inWords(
      answering("- 1 — it has one now", "- 2: not done, it is *plain* enough @grace", "- 7 — nothing"),
      edit("src/sums.js", "export const add", "// The sum.\nexport const add"),
    ),
  );
  await repository.comment(number, "/revise Comments only.", "ada");
  expect(await repository.settled(number)).toMatch(
    new RegExp(`^\\*\\*Draft\\*\\*: #${number}, attempt 2\\.\\n\\n\\*\\*Verified\\*\\*`),
  );
  expect(told()).toContain("[1] grace on src/sums.js:1:\\nA comment, please.");
  expect(told()).toContain("[2] grace on src/sums.js:1:\\nAnd why?");
  expect(told()).not.toContain("Old.");
  expect(told()).toContain("Comments only.");

  const pull = await repository.get(`/pulls/${number}`);
  expect(pull).toMatchObject({ draft: true, title: "[Verified] add subtracts" });
  const commit = await repository.get(`/commits/${pull.head.sha}`);
  expect(commit.parents.map(({ sha }: Json) => sha)).toEqual([theirs]);
  expect(commit.commit.message).toMatch(/^Follow up: add subtracts\n/);
  const tree = await repository.get(`/git/trees/${pull.head.sha}?recursive=1`);
  expect(tree.tree.map(({ path }: Json) => path)).toEqual(
    expect.arrayContaining(["mine.js", "test/add.test.js"]),
  );
  expect(pull.body).toContain(`attempt 2, on top of \`${theirs.slice(0, 12)}\``);
  expect(pull.body).toContain(
    `[its own commit](${pull.html_url.replace(/\/pull\/.*/, "")}/compare/${theirs}...${pull.head.sha})`,
  );
  expect(commit.parents).not.toContain(head);

  const [own] = [house.github.appLogin];
  expect(await replies(repository, number, name)).toEqual([
    [own, `In ${pull.head.sha}, in the model's words: it has one now`],
  ]);
  expect(await replies(repository, number, comment)).toEqual([
    [own, `In ${pull.head.sha}, in the model's words: not done, it is _plain_ enough \`@grace\``],
  ]);
  expect(await replies(repository, number, done)).toEqual([]);

  // Back to attempt 1 would take away what grace pushed.
  house.reply([]);
  await repository.comment(number, "/use 1", "ada");
  expect(await repository.settled(number)).toContain(`${theirs.slice(0, 12)} by grace`);
  expect((await repository.get(`/pulls/${number}`)).head.sha).toBe(pull.head.sha);
});

test("a submitted review that requests changes asks for the same, one that only comments does not", async () => {
  const house = shared();
  const repository = house.at("reviewed");
  const { number, head } = await drafted(repository);
  house.reply(inOneStep(edit("src/sums.js", "export const add", "// The sum.\nexport const add")));
  await house.github.as("grace").review("acme/reviewed", number, "Just looking.");
  await house.github.as("grace").review("acme/reviewed", number, "A comment is missing.", "REQUEST_CHANGES");
  expect(await repository.settled(number)).toContain(`#${number}, attempt 2.`);
  expect(told()).toContain("grace:\\nA comment is missing.");
  const pull = await repository.get(`/pulls/${number}`);
  const { parents } = await repository.get(`/commits/${pull.head.sha}`);
  expect(parents.map(({ sha }: Json) => sha)).toEqual([head]);
  expect(house.asked()).toHaveLength(2);
});

test("a review by a reader, or of somebody else's pull request, is no matter of ours", async () => {
  const house = shared();
  const repository = house.at("others");
  const { number } = await drafted(repository);
  const theirs = async (branch: string) => {
    await repository.push(branch, { "mine.js": "// Mine.\n" }, "grace");
    const opened = { head: branch, base: "main", title: "Mine" };
    return (await house.github.as("grace").request("POST", "/repos/acme/others/pulls", opened)).body.number;
  };
  const written = repository.writes().length;
  house.reply([]);
  const review = (by: string, at: number) =>
    house.github.as(by).review("acme/others", at, "Change it.", "REQUEST_CHANGES");
  await review("rita", number);
  await review("ada", await theirs("mine"));
  // The name of a branch says nothing of who opened its pull request.
  await review("ada", await theirs("firstdraft/issue-99"));
  await house.quiet();
  expect(house.asked()).toEqual([]);
  expect(
    repository
      .writes()
      .slice(written)
      .filter((write) => /comments/.test(write)),
  ).toEqual([]);
});

test("a revision that comes to less is kept beside what is there, and answers nothing", async () => {
  const house = shared();
  const repository = house.at("worse");
  const { number, head } = await drafted(repository);
  const { id } = await house.github
    .as("grace")
    .reviewComment("acme/worse", number, { path: "src/sums.js", line: 1, body: "No test." });
  const gone = write("test/add.test.js", "// Gone.\n");
  house.reply([
    ...inWords(answering("- 1 — gone"), gone),
    ...Array(9).fill({ text: answering("- 1 — gone") }),
  ]);
  await repository.comment(number, "/revise", "grace");
  expect(await repository.settled(number)).toContain("keeps attempt 1. Attempt 2 came to less");
  expect((await repository.get(`/pulls/${number}`)).head.sha).toBe(head);
  expect(await replies(repository, number, id)).toEqual([]);
});

test("what is pushed while a revision is written is left alone", async () => {
  const house = shared();
  const repository = house.at("moved");
  const { number, branch } = await drafted(repository);
  let theirs = "";
  const [first, ...rest] = inOneStep(
    edit("src/sums.js", "export const add", "// The sum.\nexport const add"),
  );
  house.reply([first, ...rest] as typeof rest);
  house.github.fail({
    ...{ method: "POST", path: /\/git\/trees$/, carriedOut: true },
    before: async () => {
      theirs = await repository.push(branch, { "mine.js": "// Mine.\n" }, "grace");
    },
  });
  await repository.comment(number, "/revise", "ada");
  expect(await repository.settled(number)).toContain("**Stopped**: The branch");
  expect((await repository.get(`/pulls/${number}`)).head.sha).toBe(theirs);
});

test("a model that changes nothing leaves the pull request as it is", async () => {
  const house = shared();
  const repository = house.at("nothing");
  const { number, head } = await drafted(repository);
  house.reply(Array(9).fill({ text: "It is right as it is." }));
  await repository.comment(number, "/revise force", "ada");
  expect(await repository.settled(number)).toContain("**No change**");
  expect((await repository.get(`/pulls/${number}`)).head.sha).toBe(head);
});

test("a thread is answered once: the next revision is told the answer, and answers again where somebody replied", async () => {
  const house = shared();
  const repository = house.at("rounds");
  const { number } = await drafted(repository);
  const grace = house.github.as("grace");
  const remark = async (line: number, body: string) =>
    (await grace.reviewComment("acme/rounds", number, { path: "src/sums.js", line, body })).id;
  const [first, second] = [await remark(1, "A comment, please."), await remark(2, "Here as well.")];
  house.reply(
    inWords(
      answering("- 1 — it has one", "- 2 — that too"),
      edit("src/sums.js", "export const add", "// The sum.\nexport const add"),
    ),
  );
  await repository.comment(number, "/revise", "ada");
  expect(await repository.settled(number)).toContain(`#${number}, attempt 2.`);

  const reply = `/repos/acme/rounds/pulls/${number}/comments/${second}/replies`;
  await grace.request("POST", reply, { body: "Where?" });
  const third = await remark(1, "In English.");
  house.reply(
    inWords(
      answering("- 1 — below the first line", "- 2 — it is", "- 3 — and this"),
      edit("src/sums.js", "// The sum.", "// The sum, in English."),
    ),
  );
  await repository.comment(number, "/revise", "ada");
  expect(await repository.settled(number)).toContain(`#${number}, attempt 3.`);
  expect(told()).toContain("grace on src/sums.js:1:\\nA comment, please.");
  expect(told()).not.toContain("[1] grace on src/sums.js:1:\\nA comment, please.");
  expect(told()).toMatch(/What you answered to that before:[^[]*it has one/);
  expect(told()).toContain("[1] grace on src/sums.js:2:\\nHere as well.");
  expect((await replies(repository, number, first)).map(([, text]: string[]) => text)).toEqual([
    expect.stringContaining("it has one"),
  ]);
  expect((await replies(repository, number, second)).map(([, text]: string[]) => text)).toEqual([
    expect.stringContaining("that too"),
    "Where?",
    expect.stringContaining("below the first line"),
  ]);
  expect((await replies(repository, number, third)).map(([, text]: string[]) => text)).toEqual([
    expect.stringContaining("it is"),
  ]);
});
