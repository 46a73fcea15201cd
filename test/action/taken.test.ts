import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, jest, test } from "@jest/globals";
import type { Json } from "../../src/demo/github/types.ts";
import type { ScriptedReply } from "../../src/demo/messages-api.ts";
import { assessed } from "../helpers/assessed.ts";
import { proved, sums } from "../helpers/sums.ts";
import { type ActionHouse, openActionHouse, repository } from "./house.ts";
import { eventOf, type Step, type StepOptions } from "./runner.ts";

jest.setTimeout(180_000);
let house: ActionHouse;
let replies: ScriptedReply[] = [];
let folder: string;
let run = 7_000_001_200;
beforeAll(async () => {
  house = await openActionHouse(sums, () => replies.shift() ?? { text: "I see nothing to change." });
  folder = await mkdtemp(join(tmpdir(), "firstdraft-taken-"));
});
afterAll(async () => {
  await house[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

const rights = { contents: "read", issues: "read", pull_requests: "read" } as const;
/** Both jobs; what happens between them. */
async function twoJobs(
  event: StepOptions["event"],
  meanwhile = async () => {},
  env: StepOptions["env"] = {},
): Promise<{ first: Step; second: Step }> {
  const own = { ...env, GITHUB_RUN_ID: String(++run) };
  const file = { "draft-file": join(folder, `${run}.json`) };
  const token = await house.github.actionsToken("acme", rights);
  const first = await house.step(event, {
    ...{ env: own, inputs: { ...file, mode: "generate", "github-token": token } },
  });
  await meanwhile();
  const inputs = { ...file, mode: "publish", "anthropic-api-key": "" };
  return { first, second: await house.step(event, { env: own, inputs }) };
}

const assign = (issue: number, ...assignees: string[]) =>
  house.github.as("acme").request("PATCH", `/repos/${repository}/issues/${issue}`, { assignees });
async function bodyOf({ outputs }: Step): Promise<string> {
  return (await house.get(`/pulls/${outputs["pull-request-number"]}`)).body;
}
const since = (held: string) =>
  `- Since this was asked for, the issue seems to have come into somebody else's hands too: ${held}.`;

test("a draft that is paid for is published though somebody took the issue meanwhile, and says so", async () => {
  replies = [...proved];
  const { number, event } = await house.labelled();
  const { second } = await twoJobs(event, async () => void (await assign(number, "tom")));
  expect(second).toMatchObject({ exitCode: 0, outputs: { verdict: "verified" } });
  expect(await bodyOf(second)).toContain(since("it is assigned to tom"));
  expect(await house.comments(number)).toEqual([expect.stringMatching(/^\*\*Draft\*\*: #/)]);
});

test("what was asked about and answered stays answered: what came up after it is said", async () => {
  const { number, event } = await house.labelled();
  await assign(number, "tom");
  const before = house.model.requests.length;
  const asked = await twoJobs(event);
  expect([asked.first.exitCode, asked.second.exitCode]).toEqual([1, 1]);
  expect(house.model.requests).toHaveLength(before);
  expect(await house.comments(number)).toEqual([
    expect.stringContaining("it is assigned to tom. Nothing was spent"),
  ]);

  replies = [...proved];
  await house.github.as("ada").comment(repository, number, "/approve");
  const approved = await eventOf(
    house.github,
    "issue_comment",
    ({ issue, comment }: Json) => issue.number === number && comment.body === "/approve",
  );
  let pull = 0;
  const { second } = await twoJobs(approved, async () => {
    const ada = house.github.as("ada");
    await ada.push(repository, "mine", { message: "Mine", files: { "mine.js": "// Mine.\n" } });
    const opened = { head: "mine", base: "main", title: "Mine", body: `Fixes #${number}` };
    pull = (await ada.request("POST", `/repos/${repository}/pulls`, opened)).body.number;
  });
  expect(second).toMatchObject({ exitCode: 0, outputs: { verdict: "verified" } });
  const body = await bodyOf(second);
  expect(body).toContain(since(`pull request \`#${pull}\` by ada closes it`));
  expect(body).not.toContain("assigned to tom");
});

test("questions that are paid for are asked all the same", async () => {
  replies = assessed();
  const { number, event } = await house.labelled();
  const ask = { FIRSTDRAFT_ASK: "yes" };
  const { second } = await twoJobs(event, async () => void (await assign(number, "tom")), ask);
  expect(second.exitCode).toBe(0);
  expect(await house.comments(number)).toEqual([expect.stringMatching(/^\*\*Questions\*\*/)]);
});
