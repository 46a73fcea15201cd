import { afterAll, beforeAll, expect, jest, test } from "@jest/globals";
import type { Files } from "../../src/demo/github/types.ts";
import type { ScriptedReply } from "../../src/demo/messages-api.ts";
import { inOneStep, mended, sums } from "../helpers/sums.ts";
import { type ActionHouse, openActionHouse } from "./house.ts";

/** Without a way to run its tests. */
const untested: Files = { "src/sums.js": sums["src/sums.js"] ?? "" };
const unchanged: ScriptedReply = { text: "I see nothing to change." };

jest.setTimeout(180_000);
let house: ActionHouse;
let replies: ScriptedReply[] = [];
beforeAll(async () => {
  house = await openActionHouse(untested, () => replies.shift() ?? unchanged);
});
afterAll(async () => house[Symbol.asyncDispose]());

test("a draft that nothing proves is green with a warning", async () => {
  replies = inOneStep(mended);
  const { event } = await house.labelled();
  const step = await house.step(event);
  expect(step).toMatchObject({ exitCode: 0, outputs: { verdict: "unverified" } });
  expect(step.commands.at(-1)).toEqual({
    name: "warning",
    data: expect.stringMatching(
      /^Draft #\d+\. Unverified: no way to run tests was found in this repository; /,
    ),
  });
  expect(step.summary).toContain("**Unverified**");
});

test("no change is red, and there is no pull request", async () => {
  const { number, event } = await house.labelled();
  const step = await house.step(event);
  expect(step).toMatchObject({ exitCode: 1, outputs: { "pull-request-number": "", verdict: "" } });
  expect(Number(step.outputs["cost-usd"])).toBeGreaterThan(0);
  expect(step.commands.at(-1)).toEqual({
    name: "error",
    data: "No change: the model ended without changing a file.",
  });
  expect((await house.comments(number)).at(-1)).toContain("**No change**");
});

test("a runner without a sandbox is red before the model is asked, with the remedy here and on the issue", async () => {
  const { number, event } = await house.labelled();
  const asked = house.model.requests.length;
  const step = await house.step(event, { env: { PATH: "/nowhere" } });
  expect(step.exitCode).toBe(1);
  expect(step.commands.at(-1)?.data).toMatch(/bwrap.* is not installed.*apt-get install bubblewrap/);
  expect((await house.comments(number)).at(-1)).toContain("bwrap");
  expect(house.model.requests).toHaveLength(asked);
});
