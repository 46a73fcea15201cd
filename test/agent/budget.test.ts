import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { leastUsefulTokens, openBudget, tokensWithoutPrice } from "../../src/agent/budget.ts";
import type { ScriptedReply } from "../../src/demo/messages-api.ts";
import { arrange, bash } from "./setup.ts";

const model = "claude-sonnet-5-5";
const used = (outputTokens: number, inputTokens = 0) => ({
  inputTokens,
  outputTokens,
  cacheReadTokens: 0,
  cacheWriteTokens: 0,
});

const call = fc.record({
  estimate: fc.integer({ min: 0, max: 300_000 }),
  wanted: fc.integer({ min: 1, max: 64_000 }),
  /** Shares of what was set aside that the reply then used. */
  input: fc.double({ min: 0, max: 1, noNaN: true }),
  cached: fc.double({ min: 0, max: 1, noNaN: true }),
  written: fc.double({ min: 0, max: 1, noNaN: true }),
  output: fc.double({ min: 0, max: 1, noNaN: true }),
  fate: fc.constantFrom("settle", "settle", "forfeit", "release"),
});

test("no sequence of replies within what was set aside passes a limit", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(model, "claude-opus-5-5", "claude-fable-5-1", "claude-haiku-4-5"),
      fc.integer({ min: 0, max: 500 }),
      fc.integer({ min: 0, max: 200_000 }),
      fc.array(call, { maxLength: 60 }),
      (id, cents, outputTokens, calls) => {
        const usd = cents / 100;
        const budget = openBudget({ model: id, limits: { usd, outputTokens, turns: 40 } });
        for (const { estimate, wanted, input, cached, written, output, fate } of calls) {
          const reserved = budget.reserve(estimate, wanted);
          if (reserved.kind === "budget") continue;
          expect(reserved.maxTokens).toBeLessThanOrEqual(wanted);
          if (fate === "forfeit") reserved.forfeit();
          else if (fate === "release") reserved.release();
          else {
            const cacheReadTokens = Math.floor(estimate * input * cached);
            const cacheWriteTokens = Math.floor((Math.floor(estimate * input) - cacheReadTokens) * written);
            const inputTokens = Math.floor(estimate * input) - cacheReadTokens - cacheWriteTokens;
            reserved.settle({
              inputTokens,
              cacheReadTokens,
              cacheWriteTokens,
              outputTokens: Math.floor(reserved.maxTokens * output),
            });
          }
          expect(budget.spent.usd).toBeLessThanOrEqual(usd);
          expect(budget.spent.outputTokens).toBeLessThanOrEqual(outputTokens);
          expect(budget.spent.turns).toBeLessThanOrEqual(40);
        }
      },
    ),
    { numRuns: 300 },
  );
});

test("the output is lowered to what can be paid, and refused below what is useful", () => {
  // 100,000 tokens written to the cache cost $0.25; $0.05 more buy 5,000 tokens.
  const budget = openBudget({ model, limits: { usd: 0.3, turns: 10 } });
  const reserved = budget.reserve(100_000, 16_000);
  expect(reserved).toMatchObject({ kind: "reserved", maxTokens: 5_000 });
  if (reserved.kind === "reserved") reserved.settle(used(5_000 - leastUsefulTokens + 1, 100_000));
  // Input that was not written to the cache costs less than was set aside: $0.2 + $0.03977.
  expect(budget.spent.usd).toBeCloseTo(0.23977, 9);
  expect(budget.reserve(100_000, 16_000)).toEqual({ kind: "budget", limit: "usd" });
});

test("turns, tokens and minutes are limits of their own", () => {
  let clock = 0;
  const open = (limits: object) => openBudget({ model, limits: { turns: 1, ...limits }, now: () => clock });
  const turns = open({});
  const first = turns.reserve(1, 10);
  expect(() => turns.reserve(1, 10)).toThrow("still open");
  if (first.kind === "reserved") first.settle(used(1));
  expect(turns.reserve(1, 10)).toEqual({ kind: "budget", limit: "turns" });
  expect(open({ outputTokens: 1000 }).reserve(1, 5000)).toEqual({ kind: "budget", limit: "tokens" });
  const minutes = open({ minutes: 2 });
  clock = 119_999;
  expect(minutes.millisecondsLeft).toBe(1);
  clock = 120_000;
  expect(minutes.reserve(1, 10)).toEqual({ kind: "budget", limit: "minutes" });
  expect(minutes.spent.seconds).toBe(120);
});

test("a model without a price has tokens only; a stated price makes it dollars", () => {
  const unknown = openBudget({ model: "x", limits: { usd: 0.000001, turns: 9 } });
  expect(unknown).toMatchObject({
    priced: false,
    spent: { usd: null },
    limits: { outputTokens: tokensWithoutPrice },
  });
  expect(unknown.reserve(1_000_000, 16_000)).toMatchObject({ maxTokens: 16_000 });
  const stated = openBudget({
    model: "x",
    limits: { usd: 1, turns: 9 },
    price: { inputPerMTok: 1, outputPerMTok: 2 },
  });
  const reserved = stated.reserve(1000, 1000);
  if (reserved.kind === "reserved") reserved.settle(used(1_000, 1_000));
  expect(stated.spent.usd).toBe(0.003);
});

test("a run stops before its limit and says which", async () => {
  // Each reply claims all that it may have.
  const greedy = ({ max_tokens }: { max_tokens: number }, i: number): ScriptedReply => ({
    tools: [bash(`step ${i}`)],
    usage: { output_tokens: max_tokens },
  });
  await using run = await arrange({ script: greedy, limits: { usd: 0.5 } });

  expect(await run.session.send("go")).toEqual({ kind: "budget", limit: "usd" });

  const allowed = run.api.requests.map(({ body }) => body.max_tokens);
  expect(allowed.slice(0, 2)).toEqual([16_000, 16_000]);
  expect(allowed.at(-1)).toBeLessThan(16_000);
  expect(run.session.spent.usd).toBeLessThanOrEqual(0.5);
  expect(run.session.spent.usd).toBeGreaterThan(0.4);
});

test("the clock ends a reply that hangs", async () => {
  await using run = await arrange({ script: [{ hang: true }], limits: { minutes: 0.002 } });
  expect(await run.session.send("go")).toEqual({ kind: "budget", limit: "minutes" });
});

test("the limit of turns ends a model that never does", async () => {
  await using run = await arrange({ script: (_, i) => ({ tools: [bash(`${i}`)] }), limits: { turns: 3 } });
  expect(await run.session.send("go")).toEqual({ kind: "budget", limit: "turns" });
  expect(run.api.requests).toHaveLength(3);
});
