import { join } from "node:path";
import { afterAll, beforeAll, expect, jest, test } from "@jest/globals";
import { startGitHub } from "../../src/demo/github/start.ts";
import type { LocalGitHub } from "../../src/demo/github/types.ts";
import { guidance, issue } from "../../src/demo/issue.ts";
import { type MessagesApi, startMessagesApi } from "../../src/demo/messages-api.ts";
import { recordedScript } from "../../src/demo/recorded-script.ts";
import { type Bundle, buildBundle, dispatchOf, eventOf, runStep, type StepOptions } from "./runner.ts";

const repository = "acme/duration";
const sample = join(import.meta.dirname, "..", "..", "src", "demo", "sample");
const apiKey = "sk-ant-a-key-that-nobody-may-see";

jest.setTimeout(180_000);
let bundle: Bundle;
let github: LocalGitHub;
let model: MessagesApi;

beforeAll(async () => {
  bundle = await buildBundle();
  github = await startGitHub({
    repositories: [{ owner: "acme", name: "duration", folder: sample }],
    users: [{ login: "ada", role: "write" }],
  });
  model = await startMessagesApi(recordedScript);
});
afterAll(async () => {
  await Promise.all([bundle[Symbol.asyncDispose](), github.close(), model.close()]);
});

const step = (event: StepOptions["event"], more: Partial<StepOptions> = {}) => {
  const inputs = { "anthropic-api-key": apiKey, "anthropic-base-url": model.url, ...more.inputs };
  return runStep({ bundle, github, repository, event, ...more, inputs });
};
const get = async (path: string) =>
  (await github.as("acme").request("GET", `/repos/${repository}${path}`)).body;

test("a label leads to a draft, and /regenerate to another attempt of it", async () => {
  const ada = github.as("ada");
  const { number } = await ada.openIssue(repository, issue);
  await ada.label(repository, number, "ai-generate");
  const labeled = await eventOf(github, "issues", ({ action }) => action === "labeled");

  const first = await step(labeled);
  expect(first.exitCode).toBe(0);
  const pull = await get(`/pulls/${first.outputs["pull-request-number"]}`);
  expect(pull).toMatchObject({ draft: true, head: { ref: `firstdraft/issue-${number}` } });
  expect(pull.title).toMatch(/^\[Verified\]/);
  expect(first.outputs).toEqual({
    "pull-request-number": String(pull.number),
    "pull-request-url": pull.html_url,
    "commit-sha": pull.head.sha,
    verdict: "verified",
    "cost-usd": expect.stringMatching(/^0\.\d+$/),
  });
  expect(first.summary).toContain("**Verified**");
  expect(first.summary).toContain(`Draft: ${pull.html_url}`);
  expect(first.summary).toContain("| **whole suite** |");
  expect(first.commands.filter(({ name }) => name === "group").map(({ data }) => data)).toEqual([
    "fetching the repository",
    "reading the repository",
    "writing the change",
    "running the tests",
    "publishing the draft",
    "Result",
  ]);
  expect(first.commands.at(-1)).toMatchObject({ name: "notice", data: expect.stringContaining("Verified") });
  const masked = first.commands.filter(({ name }) => name === "add-mask").map(({ data }) => data);
  expect(masked).toEqual([apiKey, expect.stringMatching(/^ghs_/)]);
  expect(first.log).not.toContain(apiKey);
  const comments = await get(`/issues/${number}/comments`);
  expect(comments).toHaveLength(1);
  expect(comments[0]).toMatchObject({
    user: { login: "github-actions[bot]" },
    body: expect.stringContaining(`#${pull.number}`),
  });

  await ada.comment(repository, pull.number, `/regenerate ${guidance}`);
  const commented = await eventOf(github, "issue_comment", ({ sender }) => sender.login === "ada");
  const second = await step(commented);
  expect(second.exitCode).toBe(0);
  expect(second.outputs).toMatchObject({ "pull-request-number": String(pull.number), verdict: "verified" });
  const updated = await get(`/pulls/${pull.number}`);
  expect(updated.body).toContain("attempt 2");
  expect(updated.head.sha).not.toBe(pull.head.sha);
});

test("a workflow that is started by hand takes the issue from its own input, or from the step's", async () => {
  const { number } = await github.as("ada").openIssue(repository, issue);
  const byHand = await dispatchOf(github, repository, "ada", { "issue-number": String(number) });
  const first = await step(byHand);
  expect(first).toMatchObject({ exitCode: 0, outputs: { verdict: "verified" } });

  const input = { "issue-number": String(number), "anthropic-api-key": "" };
  const refused = await step(await dispatchOf(github, repository, "ada", { "issue-number": "999" }), {
    inputs: input,
  });
  expect([refused.exitCode, refused.outputs]).toEqual([1, {}]);
  expect(refused.commands.at(-1)).toEqual({
    name: "error",
    // biome-ignore lint/suspicious/noTemplateCurlyInString: an expression of GitHub Actions
    data: "The input anthropic-api-key is not set, and no draft can be made without a model. Give it to the step: with: anthropic-api-key: ${{ secrets.ANTHROPIC_API_KEY }}; the modes publish and verify need none.",
  });
  const comments = await get(`/issues/${number}/comments`);
  expect(comments.at(-1).body).toContain("The input anthropic-api-key is not set, and no draft");
});
