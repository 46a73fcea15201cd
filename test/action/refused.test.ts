import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, expect, jest, test } from "@jest/globals";
import { sums } from "../helpers/sums.ts";
import { until } from "../helpers/until.ts";
import { type ActionHouse, apiKey, openActionHouse, repository } from "./house.ts";
import { dispatchOf, eventOf, type Step } from "./runner.ts";

jest.setTimeout(180_000);
let house: ActionHouse;
let hangs = false;
beforeAll(async () => {
  house = await openActionHouse(sums, () =>
    hangs
      ? { hang: true }
      : { status: 401, error: { type: "authentication_error", message: "invalid x-api-key" } },
  );
});
afterAll(async () => house[Symbol.asyncDispose]());

const lastWord = ({ commands }: Step) => commands.at(-1);
const asked = () => house.model.requests.length;

test("another label leads to nothing: green, one notice, and nobody is asked", async () => {
  const { number, event } = await house.labelled("ada", "bug");
  const step = await house.step(event);
  expect([step.exitCode, step.outputs]).toEqual([0, {}]);
  expect(step.summary).toBe("");
  expect(lastWord(step)).toEqual({ name: "notice", data: "Nothing to do: this label asks for nothing." });
  expect(asked()).toBe(0);
  expect(await house.comments(number)).toEqual([]);
});

test.each([
  ["push", { ref: "refs/heads/main" }, "this event asks for nothing."],
  ["issues", { action: "opened" }, "this event asks for nothing."],
])("%s leads to nothing, without a key or a word to GitHub", async (name, payload, why) => {
  const before = house.github.requests.length;
  const sender = { login: "ada", type: "User" };
  const step = await house.step(
    { name, payload: { ...payload, sender } },
    { inputs: { "anthropic-api-key": "" } },
  );
  expect(step.exitCode).toBe(0);
  expect(lastWord(step)).toEqual({ name: "notice", data: `Nothing to do: ${why}` });
  expect(house.github.requests.slice(before).map(({ path }) => path)).not.toContain("/repos/acme/sums");
});

test("a comment without the command, and one by a bot, lead to nothing", async () => {
  const { number } = await house.github.as("ada").openIssue(repository, { title: "Talk" });
  await house.github.as("ada").comment(repository, number, "What about `/regenerate`?");
  const event = await eventOf(house.github, "issue_comment", ({ issue }) => issue.number === number);
  expect(lastWord(await house.step(event))?.data).toBe("Nothing to do: the comment holds no command.");
  event.payload.sender.type = "Bot";
  expect(lastWord(await house.step(event))?.data).toBe("Nothing to do: a bot asked, and bots start nothing.");
});

test("/cancel starts nothing, and says where a run is cancelled", async () => {
  const { number } = await house.github.as("ada").openIssue(repository, { title: "Not now" });
  await house.github.as("ada").comment(repository, number, "/cancel");
  const step = await house.step(
    await eventOf(house.github, "issue_comment", ({ issue }) => issue.number === number),
  );
  expect(step.exitCode).toBe(0);
  expect(lastWord(step)).toEqual({
    name: "notice",
    data: "Nothing to do: a run of the Action is cancelled by its workflow, as the README shows, or on the Actions tab.",
  });
  expect(await house.comments(number)).toEqual(["/cancel"]);
});

test("who may not write asks in vain: red, and said on the issue", async () => {
  const { number, event } = await house.labelled("tom");
  const step = await house.step(event);
  expect([step.exitCode, step.outputs]).toEqual([1, {}]);
  expect(lastWord(step)).toEqual({
    name: "error",
    data: "tom may not ask for a draft: that takes write access to acme/sums. Ask somebody with write access to do it.",
  });
  const [comment] = await house.comments(number);
  expect(comment).toContain("that takes write access");

  const byHand = await dispatchOf(house.github, repository, "tom", { "issue-number": String(number) });
  expect(lastWord(await house.step(byHand))?.data).toContain("tom may not ask for a draft");
  expect(asked()).toBe(0);
});

test.each([
  ["no number", { "issue-number": "" }, "The input issue-number is not set."],
  ["a word", { "issue-number": "twelve" }, "The setting issue-number has a value that it cannot have."],
  ["no such issue", { "issue-number": "999" }, "GitHub does not find this in acme/sums"],
  [
    "too much money",
    { "issue-number": "1", "max-usd": "lots" },
    "The setting max-usd has a value that it cannot",
  ],
  ["an own secret", { "issue-number": "1", "setup-env": "GITHUB_TOKEN" }, "setup-env lists GITHUB_TOKEN"],
  ["no token", { "issue-number": "1", "github-token": "" }, "The input github-token is not set."],
])("%s: one sentence on what is wrong, one on what to do", async (_, inputs, what) => {
  const step = await house.step(await dispatchOf(house.github, repository, "ada", {}), { inputs });
  expect([step.exitCode, step.outputs]).toEqual([1, {}]);
  const errors = step.commands.filter(({ name }) => name === "error");
  expect(errors).toEqual([{ name: "error", data: expect.stringContaining(what) }]);
});

test.each([
  ["{", "its file is not JSON"],
  ["null", "its file holds no object"],
  ['{"action":"labeled","issue":{"number":"1"}}', "is not what GitHub sends there"],
])("an event that is none: %s", async (payload, why) => {
  const step = await house.step({ name: "issues", payload });
  expect(step.exitCode).toBe(1);
  expect(lastWord(step)).toMatchObject({ name: "error", data: expect.stringContaining(why) });
});

test("a run that is stopped is red, and says on the issue what to do", async () => {
  const { number, event } = await house.labelled();
  const step = await house.step(event);
  expect(step).toMatchObject({
    exitCode: 1,
    outputs: { "pull-request-number": "", "pull-request-url": "", verdict: "" },
  });
  expect(lastWord(step)).toMatchObject({ name: "error", data: expect.stringContaining("accept the key") });
  expect(step.summary).toContain("**Stopped**");
  expect((await house.comments(number)).at(-1)).toContain("ANTHROPIC_API_KEY");
  expect(step.log).not.toContain(apiKey);
});

test("a cancelled run ends, says so, and leaves nothing running", async () => {
  hangs = true;
  const { number, event } = await house.labelled();
  const before = asked();
  const step = await house.step(event, {
    meanwhile: async ({ pid }) => {
      await until("the model is asked", () => asked() > before);
      await delay(100);
      process.kill(pid, "SIGINT");
    },
  });
  hangs = false;
  expect(step.exitCode).toBe(1);
  expect(lastWord(step)?.data).toBe("The run was cancelled before its end. Ask again when you want to.");
  expect((await house.comments(number)).at(-1)).toContain("The run was cancelled");
});
