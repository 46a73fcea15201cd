import { execFileSync } from "node:child_process";
import { mkdtemp, readFile, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, jest, test } from "@jest/globals";
import type { ScriptedReply } from "../../src/demo/messages-api.ts";
import { edit, inOneStep, proved, proving, summary, sums } from "../helpers/sums.ts";
import { type ActionHouse, apiKey, openActionHouse, repository } from "./house.ts";
import { eventOf, type StepOptions } from "./runner.ts";

jest.setTimeout(180_000);
let house: ActionHouse;
let replies: ScriptedReply[] = [];
/** Of the workflow; both jobs have one. */
let run = 7_000_000_001;
let folder: string;
let file: string;
/** A PATH on which nothing is but git: whoever gets along with it has no sandbox. */
let onlyGit: string;
beforeAll(async () => {
  house = await openActionHouse(sums, () => replies.shift() ?? { text: "I see nothing to change." });
  folder = await mkdtemp(join(tmpdir(), "firstdraft-two-jobs-"));
  onlyGit = folder;
  await symlink(execFileSync("which", ["git"], { encoding: "utf8" }).trim(), join(folder, "git"));
  file = join(folder, "draft.json");
});
afterAll(async () => {
  await house[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});
beforeEach(() => rm(file, { force: true }));

/** As the README's first job has them. */
const mayRead = { contents: "read", issues: "read", pull_requests: "read" } as const;
const writesSince = (from: number) =>
  house.github.requests
    .slice(from)
    .filter(({ method, path }) => method !== "GET" && !/^\/graphql$|\/git-upload-pack$/.test(path));

async function generate(event: StepOptions["event"], inputs: Readonly<Record<string, string>> = {}) {
  const from = house.github.requests.length;
  const token = await house.github.actionsToken("acme", mayRead);
  const more = { mode: "generate", "draft-file": file, "github-token": token, ...inputs };
  const step = await house.step(event, { inputs: more, env: { GITHUB_RUN_ID: String(run) } });
  expect(writesSince(from)).toEqual([]);
  return step;
}

const publish = (event: StepOptions["event"], inputs: Readonly<Record<string, string>> = {}) =>
  house.step(event, {
    inputs: { mode: "publish", "draft-file": file, "anthropic-api-key": "", ...inputs },
    env: { PATH: onlyGit, GITHUB_RUN_ID: String(run) },
  });

test("what one job writes without a right to write, the other publishes without a model, a key or a sandbox", async () => {
  replies = [...proved];
  const { number, event } = await house.labelled();
  const first = await generate(event);
  expect(first).toMatchObject({
    exitCode: 0,
    outputs: {
      verdict: "verified",
      "pull-request-number": "",
      "cost-usd": expect.stringMatching(/^0\.\d+$/),
    },
  });
  expect(await house.comments(number)).toEqual([]);
  expect(await readFile(file, "utf8")).not.toContain(apiKey);

  const asked = house.model.requests.length;
  const sarif = join(folder, "draft.sarif");
  const second = await publish(event, { "sarif-file": sarif });
  expect(second.commands.filter(({ name }) => name === "error")).toEqual([]);
  expect(second).toMatchObject({
    exitCode: 0,
    outputs: { verdict: "verified", "cost-usd": first.outputs["cost-usd"] },
  });
  expect(house.model.requests).toHaveLength(asked);
  const pull = await house.get(`/pulls/${second.outputs["pull-request-number"]}`);
  expect(pull).toMatchObject({
    ...{ draft: true, title: "[Verified] add subtracts", head: { ref: `firstdraft/issue-${number}` } },
    labels: [{ name: "firstdraft: verified" }],
  });
  // What is uploaded for code scanning has to name the commit that it is about.
  expect(second.outputs["commit-sha"]).toBe(pull.head.sha);
  expect(JSON.parse(await readFile(sarif, "utf8"))).toMatchObject({
    version: "2.1.0",
    runs: [{ results: [] }],
  });
  expect(pull.body).toContain("| `adds` in `test/add.test.js` | absent | failed (assertion) | passed |");
  expect(pull.body).toContain("git switch --detach FETCH_HEAD && npm test`");
  expect(pull.body).toContain("asked for by `ada`");
  const { check_runs: checks } = await house.get(`/commits/${pull.head.sha}/check-runs`);
  expect(checks).toMatchObject([{ name: "firstdraft", conclusion: "success" }]);
  const [comment, ...others] = await house.comments(number);
  expect(comment).toMatch(/^\*\*Draft\*\*: #\d+, attempt 1\./);
  expect(others).toEqual([]);

  run++;
  replies = inOneStep(proving, edit("src/sums.js", "a - b", "b + a"));
  await house.github.as("ada").comment(repository, pull.number, "/regenerate once more");
  const commented = await eventOf(house.github, "issue_comment", ({ sender }) => sender.login === "ada");
  expect(await generate(commented)).toMatchObject({ exitCode: 0 });
  expect(await publish(commented)).toMatchObject({
    ...{ exitCode: 0, outputs: { "pull-request-number": String(pull.number), verdict: "verified" } },
  });
  const again = await house.get(`/pulls/${pull.number}`);
  expect(again.body).toContain("attempt 2");

  run++;
  const ada = house.github.as("ada");
  const at = { path: "src/sums.js", line: 1, body: "A comment, please." };
  const { id } = await ada.reviewComment(repository, pull.number, at);
  await ada.review(repository, pull.number, "Nearly.", "REQUEST_CHANGES");
  replies = inOneStep(edit("src/sums.js", "export const add", "// The sum.\nexport const add")).map(
    (reply) =>
      "tools" in reply ? reply : { ...reply, text: `${summary}\n\n**Remarks**\n\n- 1 — it has one` },
  );
  const reviewed = await eventOf(
    house.github,
    "pull_request_review",
    ({ review }) => review.body === "Nearly.",
  );
  expect(await generate(reviewed)).toMatchObject({ exitCode: 0 });
  expect(await publish(reviewed)).toMatchObject({ exitCode: 0, outputs: { verdict: "verified" } });
  const { head } = await house.get(`/pulls/${pull.number}`);
  const { parents } = await house.get(`/commits/${head.sha}`);
  expect(parents.map(({ sha }: { sha: string }) => sha)).toEqual([again.head.sha]);
  const remarks = await house.get(`/pulls/${pull.number}/comments`);
  expect(remarks.find((one: { in_reply_to_id?: number }) => one.in_reply_to_id === id)?.body).toContain(
    `In ${head.sha}, in the model's words: it has one`,
  );
});

test("what is pushed between the two jobs of a revision stays, and so does a thread that its file names and nobody asked about", async () => {
  replies = [...proved];
  run++;
  const { event } = await house.labelled();
  await generate(event);
  const number = Number((await publish(event)).outputs["pull-request-number"]);
  const ada = house.github.as("ada");
  const at = { path: "src/sums.js", line: 1, body: "A comment, please." };
  const { id } = await ada.reviewComment(repository, number, at);
  const revised = async (words: string) => {
    run++;
    replies = inOneStep(edit("src/sums.js", "export const add", `// ${words}\nexport const add`)).map(
      (reply) =>
        "tools" in reply ? reply : { ...reply, text: `${summary}\n\n**Remarks**\n\n- 1 — it has one` },
    );
    await ada.review(repository, number, words, "REQUEST_CHANGES");
    const asked = await eventOf(house.github, "pull_request_review", ({ review }) => review.body === words);
    expect(await generate(asked)).toMatchObject({ exitCode: 0 });
    return asked;
  };
  const pull = () => house.get(`/pulls/${number}`);
  const first = await revised("One.");
  const theirs = await ada.push(repository, (await pull()).head.ref, {
    message: "x",
    files: { "x.js": "//\n" },
  });
  expect((await publish(first)).exitCode).toBe(1);
  expect((await pull()).head.sha).toBe(theirs);
  expect((await house.comments(number)).at(-1)).toContain("moved while the revision was written");

  const second = await revised("Two.");
  await ada.resolve(id);
  expect(await publish(second)).toMatchObject({ exitCode: 0 });
  expect((await house.get(`/commits/${(await pull()).head.sha}`)).parents[0].sha).toBe(theirs);
  expect(await house.get(`/pulls/${number}/comments`)).toHaveLength(1);
});

test("what is pushed between the two jobs of /regenerate force stays; what was there before is kept elsewhere", async () => {
  replies = [...proved];
  run++;
  const { number: issue, event } = await house.labelled();
  await generate(event);
  const number = Number((await publish(event)).outputs["pull-request-number"]);
  const ada = house.github.as("ada");
  const head = async () => (await house.get(`/pulls/${number}`)).head;
  const { ref } = await head();
  const push = (name: string) => ada.push(repository, ref, { message: name, files: { [name]: "//\n" } });
  const forced = async (text: string) => {
    run++;
    replies = inOneStep(proving, edit("src/sums.js", "a - b", "b + a"));
    await ada.comment(repository, number, text);
    const asked = await eventOf(house.github, "issue_comment", ({ comment }) => comment.body === text);
    expect(await generate(asked)).toMatchObject({ exitCode: 0 });
    return asked;
  };
  await push("one.js");
  const first = await forced("/regenerate force\nOne.");
  const second = await push("two.js");
  expect((await publish(first)).exitCode).toBe(1);
  expect((await head()).sha).toBe(second);
  expect((await house.comments(number)).at(-1)).toContain(`(${second.slice(0, 12)})`);

  expect(await publish(await forced("/regenerate force\nTwo."))).toMatchObject({ exitCode: 0 });
  const kept = await house.get(`/git/ref/firstdraft/issue-${issue}/replaced-${second.slice(0, 12)}`);
  expect(kept.object.sha).toBe(second);
  expect((await head()).sha).not.toBe(second);
});

test("a run that comes to nothing is told by the job that may write", async () => {
  const { number, event } = await house.labelled();
  const first = await generate(event);
  expect(first.exitCode).toBe(1);
  expect(await house.comments(number)).toEqual([]);
  const second = await publish(event);
  expect([second.exitCode, second.outputs]).toEqual([1, first.outputs]);
  expect((await house.comments(number)).at(-1)).toMatch(/^\*\*No change\*\*/);
});

test("what the first job lacks is told too", async () => {
  const { number, event } = await house.labelled();
  expect((await generate(event, { "anthropic-api-key": "" })).exitCode).toBe(1);
  const { exitCode, commands } = await publish(event);
  expect([exitCode, commands.at(-1)?.data]).toEqual([1, expect.stringContaining("anthropic-api-key is not")]);
  expect(await house.comments(number)).toEqual([expect.stringContaining("anthropic-api-key is not set")]);
});

test("a first job that left nothing: the second says so on the issue, and is red", async () => {
  const { number, event } = await house.labelled();
  const { exitCode } = await publish(event);
  expect(exitCode).toBe(1);
  expect(await house.comments(number)).toEqual([
    expect.stringMatching(/^\*\*Stopped\*\*: The job that generates handed on no draft: there is no/),
  ]);
});

test("who may not write gets nothing from either job", async () => {
  const { number, event } = await house.labelled("tom");
  const asked = house.model.requests.length;
  expect((await generate(event)).exitCode).toBe(1);
  expect((await publish(event)).exitCode).toBe(1);
  expect(house.model.requests).toHaveLength(asked);
  expect(await house.comments(number)).toEqual([expect.stringContaining("tom may not ask for a draft")]);
});

test("another label leads to nothing in both", async () => {
  const { number, event } = await house.labelled("ada", "bug");
  for (const step of [await generate(event), await publish(event)]) {
    expect([step.exitCode, step.commands.at(-1)?.name]).toEqual([0, "notice"]);
  }
  expect(await house.comments(number)).toEqual([]);
});
