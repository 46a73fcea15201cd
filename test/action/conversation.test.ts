import { afterAll, beforeAll, expect, jest, test } from "@jest/globals";
import type { Json } from "../../src/demo/github/types.ts";
import type { ScriptedReply } from "../../src/demo/messages-api.ts";
import { assessed, clear } from "../helpers/assessed.ts";
import { edit, inOneStep, mended, proved, proving, sums } from "../helpers/sums.ts";
import { anIssue } from "../helpers/test-repository.ts";
import { type ActionHouse, openActionHouse, repository } from "./house.ts";
import { eventOf, type Step, type StepOptions } from "./runner.ts";

jest.setTimeout(240_000);
let house: ActionHouse;
let replies: ScriptedReply[] = [];
let run = 7_000_000_900;
beforeAll(async () => {
  house = await openActionHouse(sums, () => replies.shift() ?? { text: "I see nothing to change." });
});
afterAll(async () => house[Symbol.asyncDispose]());

/** Each step has a runner's folder of its own: what a step before it left there is gone. */
const step = (event: StepOptions["event"]): Promise<Step> =>
  house.step(event, { env: { FIRSTDRAFT_ASK: "yes", GITHUB_RUN_ID: String(++run) } });
async function said(number: number, text: string, by = "ada"): Promise<Step> {
  await house.github.as(by).comment(repository, number, text);
  const isThat = ({ issue, comment }: Json) => issue.number === number && comment.body === text;
  return step(await eventOf(house.github, "issue_comment", isThat));
}
const notice = ({ exitCode, commands }: Step) => [exitCode, commands.at(-1)?.data];
const status = async (number: number) =>
  (await house.comments(number)).filter((text) => text.includes("<!-- firstdraft:status -->"));
const asked = () => house.model.requests.length;

test("one issue from its plan to its last attempt, each step on a new machine: what was said before stands on GitHub", async () => {
  const { number: issue } = await house.github.as("ada").openIssue(repository, anIssue);
  replies = assessed(clear);
  expect(await said(issue, "/plan")).toMatchObject({ exitCode: 0 });
  expect(await status(issue)).toEqual([expect.stringMatching(/^\*\*Plan\*\*/)]);

  replies = [...proved];
  const approved = await said(issue, "/approve In small steps.");
  expect(approved).toMatchObject({ exitCode: 0, outputs: { verdict: "verified" } });
  const number = Number(approved.outputs["pull-request-number"]);
  const pull = () => house.get(`/pulls/${number}`);
  const first = await pull();
  expect(first.body).toContain("In small steps.");

  replies = inOneStep(edit("src/sums.js", "export const add", "// One.\nexport const add"));
  await house.github.as("ada").review(repository, number, "Say what it does.", "REQUEST_CHANGES");
  const reviewed = await step(
    await eventOf(house.github, "pull_request_review", ({ review }) => review.body === "Say what it does."),
  );
  expect(reviewed).toMatchObject({ exitCode: 0, outputs: { verdict: "verified" } });
  expect(JSON.stringify(house.model.requests.at(-2)?.body.messages[0])).toContain("Say what it does.");
  const second = (await pull()).head.sha;

  replies = inOneStep(edit("src/sums.js", "// One.", "// The sum."));
  expect(await said(number, "/revise One word less")).toMatchObject({ exitCode: 0 });
  const third = (await pull()).head.sha;
  const parents = async (sha: string) =>
    (await house.get(`/commits/${sha}`)).parents.map(({ sha }: Json) => sha);
  expect([await parents(second), await parents(third)]).toEqual([[first.head.sha], [second]]);

  replies = inOneStep(proving, mended, edit("src/sums.js", "a + b", "b + a"));
  expect(await said(number, "/regenerate The other way round")).toMatchObject({ exitCode: 0 });
  const fourth = await pull();
  expect(fourth.body).toContain("attempt 4");
  expect(JSON.stringify(house.model.requests.at(-2)?.body.messages[0])).toContain("The other way round");

  const before = asked();
  const used = await said(number, "/use 1");
  expect(used).toMatchObject({ exitCode: 0, outputs: { "commit-sha": first.head.sha, verdict: "verified" } });
  expect((await pull()).head.sha).toBe(first.head.sha);
  expect(notice(await said(number, "/cancel"))).toEqual([
    0,
    "Nothing to do: a run of the Action is cancelled by its workflow, as the README shows, or on the Actions tab.",
  ]);
  expect(notice(await said(number, "/regenrate"))).toEqual([
    0,
    "Nothing to do: there is no such command; whoever may write is told which there are, in our comment.",
  ]);
  expect(asked()).toBe(before);
  expect(await status(number)).toEqual([
    expect.stringMatching(/shows attempt 1 again, as `ada` asked\.[\s\S]*none of the commands here/),
  ]);
});

test("questions answered in part, and a task that is split, in one job", async () => {
  const open = await house.labelled();
  replies = assessed();
  expect(await step(open.event)).toMatchObject({ exitCode: 0 });
  // Who may not write neither goes on with it nor takes the questions away.
  const before = asked();
  expect(await said(open.number, "/approve", "tom")).toMatchObject({ exitCode: 1 });
  expect(notice(await said(open.number, "2. A text", "tom"))[0]).toBe(0);
  expect(asked()).toBe(before);
  expect(await status(open.number)).toEqual([expect.stringMatching(/^\*\*Questions\*\*[\s\S]*tom may not/)]);
  replies = [...proved];
  const answered = await said(open.number, "2. A text.");
  expect(answered).toMatchObject({ exitCode: 0, outputs: { verdict: "verified" } });

  // Beside its draft a plan is a plan.
  const number = Number(answered.outputs["pull-request-number"]);
  const { head } = await house.get(`/pulls/${number}`);
  replies = assessed(clear);
  expect(await said(open.number, "/plan")).toMatchObject({ exitCode: 0 });
  expect(await status(open.number)).toEqual([expect.stringMatching(/^\*\*Plan\*\*/)]);
  expect((await house.get(`/pulls/${number}`)).head.sha).toBe(head.sha);

  await house.github.as("ada").request("PATCH", `/repos/${repository}/pulls/${number}`, { state: "closed" });
  const late = await said(number, "/revise Shorter.");
  expect(late).toMatchObject({ exitCode: 1 });
  expect(late.commands.at(-1)?.data).toContain("cannot be drafted again: it is closed.");

  const large = await house.labelled();
  const parts = [
    { title: "Read it alone", body: "All of it." },
    { title: "Write it alone", body: "All of it." },
  ];
  replies = assessed({ ...clear, lines: 2000, parts });
  expect(await step(large.event)).toMatchObject({ exitCode: 0 });
  expect(notice(await said(large.number, "/split"))).toEqual([
    0,
    "Nothing to do: smaller issues take no run; what was made, or why not, stands in our comment.",
  ]);
  expect(await status(large.number)).toEqual([expect.stringMatching(/^\*\*Split\*\* into 2 smaller issues/)]);
  const titles = (await house.get("/issues?state=all&per_page=100")).map(({ title }: Json) => title);
  expect(titles).toEqual(expect.arrayContaining(parts.map(({ title }) => title)));
});
