import { afterAll, beforeAll, expect, jest, test } from "@jest/globals";
import type { Json } from "../../src/demo/github/types.ts";
import { sums } from "../helpers/sums.ts";
import { until } from "../helpers/until.ts";
import { type ActionHouse, openActionHouse, type Proposed, repository, rights } from "./house.ts";
import { dispatchOf, type Step } from "./runner.ts";

/** Without a way to run its tests. */
const untested = { "src/sums.js": sums["src/sums.js"] ?? "" };
const change = { "src/sums.js": "export const add = (a, b) => a + b;\n" };
const unverified =
  "Unverified: no way to run tests was found in this repository; `test:` in `.github/firstdraft.yml` names one.";

jest.setTimeout(180_000);
let house: ActionHouse;
beforeAll(async () => {
  house = await openActionHouse(untested, []);
});
afterAll(async () => house[Symbol.asyncDispose]());

const lastWord = ({ commands }: Step) => commands.at(-1);
const byHand = (number: string) =>
  dispatchOf(house.github, repository, "ada", { "pull-request-number": number });
const writes = () =>
  house.github.requests.filter(({ method, path }) => method !== "GET" && path !== "/graphql");
const titlesOn = async (sha: string): Promise<string[]> =>
  (await house.get(`/commits/${sha}/check-runs`)).check_runs.map(({ output }: Json) => output.title);

test("what cannot be verified is green with a warning, and a label that nobody made is said to be missing", async () => {
  const { number, head } = await house.proposed(change);
  const step = await house.verify(await byHand(String(number)));
  expect(step).toMatchObject({ exitCode: 0, outputs: { verdict: "unverified" } });
  expect(lastWord(step)).toEqual({ name: "warning", data: `Pull request #${number}. ${unverified}` });
  expect(await titlesOn(head)).toEqual(["Unverified"]);
  expect(step.summary).toMatch(/There is no label: GitHub does not allow this .*permission to create labels/);
  expect(await house.comments(number)).toEqual([expect.not.stringContaining("There is no")]);
});

test("a fork's run may only read: the evidence is in the summary, one line says so, and nothing fails", async () => {
  const { number, head, event } = await house.proposed(change, "mallory");
  const read = Object.fromEntries(Object.keys(rights).map((name) => [name, "read" as const]));
  const inputs = { "github-token": await house.github.actionsToken("acme", read) };
  const step = await house.verify(event, { inputs });
  expect(step).toMatchObject({ exitCode: 0, outputs: { verdict: "unverified" } });
  expect(step.commands.filter(({ name }) => name === "error")).toEqual([]);
  const line =
    "There is no comment, no check run and no label, since this run may not write to a fork's pull";
  for (const text of [step.log, step.summary]) expect(text.split(line)).toHaveLength(2);
  expect(step.summary).toContain("| **whole suite** |");
  expect(await house.comments(number)).toEqual([]);
  expect(await titlesOn(head)).toEqual([]);
});

test.each([
  ["ada", "tests-pass"],
  ["mallory", "failed"],
] as const)(
  "installing for %s's branch: %s, since a fork's code sees nothing of what setup may see",
  async (by, verdict) => {
    const told = {
      ...{ name: "sums", version: "1.0.0", private: true, workspaces: [] },
      scripts: { preinstall: 'test -n "$TOLD"', test: "node --test" },
    };
    const passing = 'import { test } from "node:test";\ntest("is there", () => {});\n';
    const files = { "package.json": JSON.stringify(told), "test/there.test.mjs": passing };
    const { number } = await house.proposed(files, by);
    const env = { TOLD: "a-value-for-the-registry" };
    const step = await house.verify(await byHand(String(number)), { env, inputs: { "setup-env": "TOLD" } });
    expect(step.outputs).toMatchObject({ verdict });
    expect(step.printed).not.toContain(env.TOLD);
  },
);

test.each([
  ["push", { ref: "refs/heads/main" }],
  ["pull_request", { action: "labeled" }],
  ["pull_request", { action: "closed" }],
  ["pull_request_target", { action: "opened" }],
  ["issues", { action: "labeled" }],
])("%s %j: green, one notice that there is nothing to verify, and nobody is asked", async (name, payload) => {
  const before = house.github.requests.length;
  const pull_request = { number: 1 };
  const step = await house.verify({ name, payload: { ...payload, pull_request } });
  expect([step.exitCode, step.outputs, step.summary]).toEqual([0, {}, ""]);
  const data =
    "Nothing to do: this event brings no commits of a pull request, so there is nothing to verify.";
  expect(lastWord(step)).toEqual({ name: "notice", data });
  const paths = house.github.requests.slice(before).map(({ path }) => path);
  expect(paths.filter((path) => path.startsWith("/repos/"))).toEqual([]);
});

test.each([
  [
    "an unknown mode",
    { mode: "check" },
    "The setting mode has a value that it cannot have. mode takes draft, generate, publish or verify.",
  ],
  ["no such pull request", { "pull-request-number": "999" }, "There is no pull request 999 in acme/sums."],
  [
    "a word",
    { "pull-request-number": "nine" },
    "pull-request-number takes the number of a pull request, e.g. 12.",
  ],
  ["no number", {}, "The input pull-request-number is not set."],
  ["no token", { "pull-request-number": "1", "github-token": "" }, "The input github-token is not set."],
])("%s: one clear sentence", async (_, inputs, what) => {
  const step = await house.verify(await byHand(""), { inputs });
  expect([step.exitCode, step.outputs]).toEqual([1, {}]);
  const errors = step.commands.filter(({ name }) => name === "error");
  expect(errors).toEqual([{ name: "error", data: expect.stringContaining(what) }]);
});

test("an event without a pull request's number is none of GitHub's", async () => {
  const step = await house.verify({
    name: "pull_request",
    payload: { action: "opened", pull_request: null },
  });
  expect(lastWord(step)?.data).toMatch(
    /^The event cannot be read: pull_request\.number is not what GitHub sends/,
  );
});

test("a closed pull request: green, one notice, and nothing is written", async () => {
  const { number, event } = await house.proposed(change);
  await house.github.as("ada").request("PATCH", `/repos/${repository}/pulls/${number}`, { state: "closed" });
  const before = writes().length;
  const step = await house.verify(event);
  expect([step.exitCode, step.outputs]).toEqual([0, {}]);
  expect(lastWord(step)?.data).toBe(
    "Nothing to do: the pull request is closed, so there is nothing to verify.",
  );
  expect(writes()).toHaveLength(before);
});

/** A step, and what somebody does once it has read the pull request, while it stands still. */
async function verifyWhile(event: Proposed["event"], act: () => Promise<unknown>): Promise<Step> {
  const compared = () => house.github.requests.filter(({ path }) => path.includes("/compare/")).length;
  const before = compared();
  // The step asks again a second later: until then it does not get away, however busy this machine is.
  house.github.fail({ path: /\/compare\//, status: 502 });
  return house.verify(event, {
    meanwhile: async ({ pid }) => {
      await until("the pull request was read", () => compared() > before);
      process.kill(pid, "SIGSTOP");
      await act().finally(() => process.kill(pid, "SIGCONT"));
    },
  });
}

test("a newer commit meanwhile: the check run stands on what was verified, the rest is the next run's", async () => {
  const { number, branch, head, event } = await house.proposed(change);
  const more = { message: "More", files: { "more.js": "\n" } };
  const step = await verifyWhile(event, () => house.github.as("ada").push(repository, branch, more));
  expect(step).toMatchObject({ exitCode: 0, outputs: { verdict: "unverified" } });
  for (const text of [step.log, step.summary])
    expect(text).toContain("got a newer commit while its tests ran");
  expect(await titlesOn(head)).toEqual(["Unverified"]);
  expect(await titlesOn((await house.get(`/pulls/${number}`)).head.sha)).toEqual([]);
  expect(await house.comments(number)).toEqual([]);
});

test("closed meanwhile: that is said, and the evidence is there all the same", async () => {
  const { number, event } = await house.proposed(change);
  const path = `/repos/${repository}/pulls/${number}`;
  const step = await verifyWhile(event, () =>
    house.github.as("ada").request("PATCH", path, { state: "closed" }),
  );
  expect(step).toMatchObject({ exitCode: 0, outputs: { verdict: "unverified" } });
  expect(step.summary).toContain("The pull request was closed while its tests ran.");
  expect(await house.comments(number)).toHaveLength(1);
});
