import { expect, test } from "@jest/globals";
import type { Script } from "../../src/demo/messages-api.ts";
import { sharedHouse } from "../helpers/shared-house.ts";
import { bash, mended, proved, proving, sums } from "../helpers/sums.ts";

const shared = sharedHouse({
  repositories: { sums, cheap: { ...sums, ".github/firstdraft.yml": "limits:\n  usd: 0.05\n" } },
});

/** A run with these replies: its last word, and its pull request if there is one. */
async function end(script: Script, name = "sums") {
  const house = shared();
  const repository = house.at(name);
  house.reply(script);
  const issue = await repository.openIssue();
  await repository.label(issue);
  const word = await repository.settled(issue);
  const pull = (await repository.pulls()).find(({ head }) => head.ref === `firstdraft/issue-${issue}`);
  return { word, pull, calls: house.asked().length };
}

const error = (status: number, type: string, message: string) => ({
  ...{ status, error: { type, message } },
  headers: { "retry-after-ms": "1" },
});
const change = { text: "On it.", tools: [proving, mended] };

test("it declines", async () => {
  const { word, pull, calls } = await end([{ text: "I will not do that.", stop_reason: "refusal" }]);
  expect(word).toMatch(
    /^\*\*Stopped\*\*: The model declined to work on this: I will not do that\.\n\nNothing was published\. Word the issue differently, or write the change by hand\./,
  );
  expect(pull).toBeUndefined();
  expect(calls).toBe(1);
});

test("it says that it is done, again and again, but has changed nothing: no pull request", async () => {
  const { word, pull, calls } = await end(() => ({ text: "All tests pass now!" }));
  expect(word).toMatch(
    /^\*\*No change\*\*: the model ended without changing a file, so nothing was published\.\n\nIts own words: All tests pass now!/,
  );
  expect(pull).toBeUndefined();
  expect(calls).toBe(4);
});

test("it is cut off again and again: nothing without a change, the state it had reached with one", async () => {
  const cut = { text: "And then we", stop_reason: "max_tokens" };
  const without = await end(() => cut);
  expect(without.word).toMatch(/^\*\*No change\*\*/);
  expect(without.pull).toBeUndefined();
  expect(without.calls).toBe(4);

  const { pull } = await end((_, i) => (i === 0 ? change : cut));
  expect(pull.title).toBe("[Verified] add subtracts");
  expect(pull.body).toContain("The model's replies were cut off at their maximum length");
});

test("it goes in circles, and is stopped", async () => {
  const { word, pull, calls } = await end(() => ({ tools: [bash("ls")] }));
  expect(word).toMatch(/^\*\*No change\*\*/);
  expect(pull).toBeUndefined();
  expect(calls).toBeLessThanOrEqual(12);
});

test("its calls cannot be read: three are forgiven", async () => {
  const { word, calls } = await end(() => ({ tools: [{ name: "bash", rawInput: '{"command": "ls' }] }));
  expect(word).toMatch(/^\*\*No change\*\*/);
  expect(calls).toBe(4);
  const { pull } = await end([{ tools: [{ name: "paint", input: {} }] }, ...proved]);
  expect(pull.title).toBe("[Verified] add subtracts");
});

test("the limit in dollars is reached: the best state is kept", async () => {
  const dear = { usage: { input_tokens: 1000, output_tokens: 4700 } };
  const { word, pull, calls } = await end(
    (_, i) => (i === 0 ? { ...change, ...dear } : (proved[1] ?? {})),
    "cheap",
  );
  expect(word).toContain("**Verified**: ");
  expect(pull.body).toContain(
    "The run stopped at its limit (money); this is the best state it had reached. The model had not said yet that it was done: what the issue asks for beyond this is left.",
  );
  expect(calls).toBe(1);
  expect(Number(/\$(\d\.\d+)/.exec(word)?.[1])).toBeLessThanOrEqual(0.05);
});

test("it is overloaded for a while: said meanwhile, and the run goes on later, by itself", async () => {
  const house = shared();
  const repository = house.at("sums");
  house.reply((_, i) =>
    i < 5 ? error(529, "overloaded_error", "Overloaded") : (proved[i - 5] ?? { text: "" }),
  );
  const issue = await repository.openIssue();
  await repository.label(issue);
  expect(await repository.settled(issue)).toMatch(
    /^\*\*Stopped\*\*: The model's API is overloaded \(Overloaded\)\.\n\nTry again later\./,
  );
  expect(await repository.settled(issue)).toContain("**Verified**: ");
  expect(await repository.comments(issue)).toHaveLength(1);
  expect(house.asked()).toHaveLength(7);
});

test("the spend limit of its key is reached: said at once, and not tried again", async () => {
  const house = shared();
  const repository = house.at("sums");
  house.reply((_, i) =>
    i === 0 ? error(402, "billing_error", "No credit") : (proved[i - 1] ?? { text: "" }),
  );
  const issue = await repository.openIssue();
  await repository.label(issue);
  const stopped =
    /^\*\*Stopped\*\*: The spend limit of the model's key is reached \(No credit\)\.\n\nRaise it/;
  expect(await repository.settled(issue)).toMatch(stopped);
  // Another try of the first would have its turn before this one.
  const next = await repository.openIssue();
  await repository.label(next);
  expect(await repository.settled(next)).toContain("**Verified**: ");
  expect(await repository.comments(issue)).toEqual([expect.stringMatching(stopped)]);
  expect(house.asked()).toHaveLength(3);
});
