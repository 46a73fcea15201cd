import { afterAll, beforeAll, expect, jest, test } from "@jest/globals";
import { edit, inOneStep } from "../helpers/sums.ts";
import { openCorrecting } from "./correcting.ts";

jest.setTimeout(240_000);
let at: Awaited<ReturnType<typeof openCorrecting>>;
beforeAll(async () => {
  at = await openCorrecting();
});
afterAll(() => at[Symbol.asyncDispose]());

const asked = () => at.house.model.requests.length;
const correcting = () => inOneStep(edit("src/sums.js", "export const add", "// The sum.\nexport const add"));
const unchanged = { text: "I see nothing to change." };
const without = "Its correction ended without a commit: ";

test("a correction that is paid for is published though a check was started again meanwhile", async () => {
  const { number, head, event, check } = await at.red();
  at.script.push(...correcting());
  expect((await at.generate(event)).exitCode).toBe(0);
  await check(null, "again");
  expect((await at.publish(event)).exitCode).toBe(0);
  const { head: now } = await at.pull(number);
  expect((await at.house.get(`/commits/${now.sha}`)).parents).toMatchObject([{ sha: head }]);
});

test.each(["ends unchanged", "ends unchanged while a check runs again", "dies"])(
  "of one commit one correction is tried, where the first of two jobs %s",
  async (how) => {
    const { number, event, check } = await at.red();
    if (how !== "dies") at.script.push(unchanged);
    await at.generate(event);
    if (how.endsWith("again")) await check(null);
    expect((await at.publish(event, how === "dies")).exitCode).toBe(1);
    expect((await at.pull(number)).body).toContain(without);
    if (how.endsWith("again")) await check("failure");

    const from = asked();
    await at.generate(event);
    await at.publish(event);
    expect(asked()).toBe(from);
    expect((await at.pull(number)).body).toContain(without);
  },
);

test.each(["the model is away", "it cannot begin"])(
  "in one job a correction is over, and said to be, where %s",
  async (how) => {
    const { number, event } = await at.red();
    const inputs = how === "it cannot begin" ? { "anthropic-api-key": "" } : {};
    expect((await at.oneJob(event, { inputs })).exitCode).toBe(1);
    expect((await at.pull(number)).body).toContain(without);

    const from = asked();
    at.script.push(...correcting());
    expect((await at.oneJob(event)).exitCode).toBe(0);
    expect(asked()).toBe(from);
  },
);

test("what turned red between the two jobs is left to its own event, and nothing is said of it", async () => {
  const { issue, number, head, event, check } = await at.red();
  await check(null);
  await at.generate(event);
  await check("failure");
  const { exitCode, summary } = await at.publish(event);
  expect([exitCode, summary]).toEqual([0, expect.stringContaining("turned red by now")]);
  const { body, head: now } = await at.pull(number);
  expect(now.sha).toBe(head);
  expect(body).not.toContain("nothing more is tried");
  expect((await at.house.comments(issue)).join("\n")).not.toContain("Stopped");
});
