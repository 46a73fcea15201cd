import { expect, test } from "@jest/globals";
import { toolDefinitions } from "../../src/sandbox/toolbox/definitions.ts";
import { arrange, bash } from "./setup.ts";

const context = "export function f(): number;\n".repeat(2000);
const marker = /,"cache_control":\{"type":"ephemeral"\}/g;

async function longRun() {
  const script = Array.from({ length: 12 }, (_, i) => ({ text: `Step ${i}.`, tools: [bash(`make ${i}`)] }));
  const run = await arrange({
    context,
    script: [...script, { text: "Done." }, { tools: [bash("fix")] }, { text: "Fixed." }],
    answer: (_, i) => ({ content: `${i} `.repeat(800), isError: false }),
  });
  await run.session.send("go");
  await run.session.send("A test fails.");
  await run[Symbol.asyncDispose]();
  return { requests: run.api.requests, spent: run.session.spent };
}

test("at least 95 % of each request are the bytes of the one before, breakpoints aside", async () => {
  const { requests } = await longRun();
  const bodies = requests.map(({ raw }) => raw.replace(marker, ""));

  for (const [i, body] of bodies.slice(1).entries()) {
    const before = bodies[i] ?? "";
    let same = 0;
    while (same < before.length && before[same] === body[same]) same++;
    // All but the closing brackets and what stands after the history.
    expect(before.length - same).toBeLessThan(60);
    expect(same / body.length).toBeGreaterThan(0.95);
  }
});

test("never more than four breakpoints, and they stand at the end of what is stable", async () => {
  const { requests } = await longRun();

  for (const { raw, body } of requests) {
    expect(raw.match(marker)?.length).toBeLessThanOrEqual(4);
    expect(raw).toMatch(/"text":"You write a first draft.","cache_control"/);
    const last = body.messages.at(-1)?.content;
    expect(Array.isArray(last) && last.at(-1)).toHaveProperty("cache_control");
  }
});

test("a cache that works makes the input cheap", async () => {
  const { spent } = await longRun();
  const input = spent.inputTokens + spent.cacheWriteTokens + spent.cacheReadTokens;
  expect(spent.inputTokens).toBe(0);
  expect(spent.cacheReadTokens / input).toBeGreaterThan(0.9);
});

test("the first request is small but for the repository's context", async () => {
  await using run = await arrange({ tools: toolDefinitions, script: [{ text: "ok" }] });
  await run.session.send("go");
  expect(run.api.requests[0]?.bytes).toBeLessThan(4_000);
});
