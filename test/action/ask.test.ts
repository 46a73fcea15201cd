import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, jest, test } from "@jest/globals";
import type { Json } from "../../src/demo/github/types.ts";
import type { ScriptedReply } from "../../src/demo/messages-api.ts";
import { assessed, clear } from "../helpers/assessed.ts";
import { proved, sums } from "../helpers/sums.ts";
import { anIssue } from "../helpers/test-repository.ts";
import { type ActionHouse, openActionHouse, repository } from "./house.ts";
import { eventOf, type StepOptions } from "./runner.ts";

jest.setTimeout(180_000);
let house: ActionHouse;
let replies: ScriptedReply[] = [];
let folder: string;
let run = 7_000_000_100;
beforeAll(async () => {
  house = await openActionHouse(sums, () => replies.shift() ?? { text: "I see nothing to change." });
  folder = await mkdtemp(join(tmpdir(), "firstdraft-ask-"));
});
afterAll(async () => {
  await house[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

const asking = { FIRSTDRAFT_ASK: "yes" };
/** The event of a new comment. */
async function commented(number: number, text: string, by = "ada"): Promise<StepOptions["event"]> {
  await house.github.as(by).comment(repository, number, text);
  return eventOf(
    house.github,
    "issue_comment",
    ({ issue, comment }) => issue.number === number && comment.body === text,
  );
}
const only = async (number: number) => {
  const comments = await house.comments(number);
  const [own, ...others] = comments.filter((text) => text.includes("<!-- firstdraft:status -->"));
  expect(others).toEqual([]);
  return own ?? "";
};
const oneJob = (event: StepOptions["event"]) => house.step(event, { env: asking });
async function twoJobs(event: StepOptions["event"]) {
  const file = join(folder, `${++run}.json`);
  const env = { ...asking, GITHUB_RUN_ID: String(run) };
  const rights = { contents: "read", issues: "read", pull_requests: "read" } as const;
  const token = await house.github.actionsToken("acme", rights);
  const inputs = { "draft-file": file };
  const first = await house.step(event, {
    ...{ env, inputs: { ...inputs, mode: "generate", "github-token": token } },
  });
  const second = await house.step(event, {
    ...{ env, inputs: { ...inputs, mode: "publish", "anthropic-api-key": "" } },
  });
  return { first, second };
}

test("in one job: a label is answered with questions, an answer with a draft", async () => {
  replies = assessed();
  const { number, event } = await house.labelled();
  const asked = await oneJob(event);
  expect(asked).toMatchObject({ exitCode: 0, outputs: { verdict: "", "pull-request-number": "" } });
  expect(asked.summary).toContain("**Questions**: the issue leaves open what is expected.");
  expect(await only(number)).toMatch(/^\*\*Questions\*\*/);

  replies = [...proved];
  const answered = await oneJob(await commented(number, "1. A text.\n2. Nothing."));
  expect(answered).toMatchObject({ exitCode: 0, outputs: { verdict: "verified" } });
  expect(JSON.stringify(house.model.requests.at(-2)?.body.messages[0])).toContain("1. A text.\\n2. Nothing.");
  expect(await only(number)).toMatch(/^\*\*Draft\*\*: #/);
});

test("in two jobs: a plan, and a draft by it; what is too large is broken up", async () => {
  const { number } = await house.github.as("ada").openIssue(repository, anIssue);
  replies = assessed(clear);
  const planned = await twoJobs(await commented(number, "/plan"));
  expect([planned.first.exitCode, planned.second.exitCode]).toEqual([0, 0]);
  expect(await only(number)).toMatch(/^\*\*Plan\*\*: about 12 lines/);

  replies = [...proved];
  const approved = await twoJobs(await commented(number, "/approve Small steps."));
  expect(approved.second).toMatchObject({ exitCode: 0, outputs: { verdict: "verified" } });
  const pull = await house.get(`/pulls/${approved.second.outputs["pull-request-number"]}`);
  expect(pull.body).toContain("- Agreed by `ada` before it began: ");
  expect(pull.body).toContain("Small steps.");

  const large = await house.labelled();
  const parts = [
    { title: "Read it", body: "All of it." },
    { title: "Write it", body: "All of it." },
  ];
  replies = assessed({ ...clear, lines: 2000, parts });
  await twoJobs(large.event);
  expect(await only(large.number)).toMatch(/^\*\*Too large\*\*/);
  const before = house.model.requests.length;
  const split = await twoJobs(await commented(large.number, "/split"));
  expect([split.first.exitCode, split.second.exitCode]).toEqual([0, 0]);
  expect(await only(large.number)).toMatch(/^\*\*Split\*\* into 2 smaller issues/);
  const titles = (await house.get("/issues?state=all&per_page=100")).map(({ title }: Json) => title);
  expect(titles).toEqual(expect.arrayContaining(["Read it", "Write it"]));
  expect(house.model.requests).toHaveLength(before);
});
