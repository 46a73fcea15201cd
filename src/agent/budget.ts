import type { Usage } from "./model.ts";
import { affordableOutput, costOf, type NanoUsd, toNano } from "./money.ts";
import { priceOf, type StatedPrice } from "./prices.ts";
import type { BudgetLimits, Spent, TurnEnd } from "./types.ts";

export interface Budget {
  /** False where the model's price is unknown: only tokens, turns and time are limited. */
  readonly priced: boolean;
  readonly limits: BudgetLimits;
  readonly spent: Spent;
  /** Milliseconds until the time is up; null without such a limit. */
  readonly millisecondsLeft: number | null;
  /**
   * The one place that checks: sets aside one call with `inputTokens` (an upper bound) and at most `wanted` output tokens,
   * fewer where the limits ask for it. A refusal where less than a useful reply would fit.
   */
  reserve(inputTokens: number, wanted: number): Reservation | BudgetEnd;
}

export type BudgetEnd = Extract<TurnEnd, { kind: "budget" }>;

/** One call's share of the budget. Exactly one of its functions is to be called. */
export interface Reservation {
  readonly kind: "reserved";
  readonly maxTokens: number;
  /** Charges what the reply used. */
  settle(usage: Usage): void;
  /** The reply is lost, and may have been billed: charges all that was set aside. */
  forfeit(): void;
  /** There was no reply: charges nothing. */
  release(): void;
}

/** A reply shorter than this is not worth its call. */
export const leastUsefulTokens = 1024;
/** Output tokens of a run where nothing else bounds its price. */
export const tokensWithoutPrice = 200_000;

const nothing: Usage = { inputTokens: 0, outputTokens: 0, cacheReadTokens: 0, cacheWriteTokens: 0 };
/** Of a run that has not asked the model yet. */
export const unspent: Spent = { ...nothing, usd: 0, turns: 0, seconds: 0 };

/** `now` returns milliseconds; the time starts at once. */
export function openBudget(options: {
  readonly model: string;
  readonly limits: BudgetLimits;
  readonly price?: StatedPrice;
  readonly now?: () => number;
}): Budget {
  const now = options.now ?? (() => performance.now());
  const price = priceOf(options.model, options.price);
  const limits: BudgetLimits = price
    ? options.limits
    : { outputTokens: tokensWithoutPrice, ...options.limits };
  const began = now();
  let used = nothing;
  let turns = 0;
  let nano: NanoUsd = 0;
  let open = false;

  const elapsed = () => now() - began;
  const millisecondsLeft = () =>
    limits.minutes === undefined ? null : Math.max(0, limits.minutes * 60_000 - elapsed());

  /** The output tokens that may still be bought, and by which limit. */
  const ceiling = (inputTokens: number, wanted: number): readonly [number, BudgetEnd["limit"] | null] => {
    let tokens = wanted;
    let limit: BudgetEnd["limit"] | null = null;
    const lower = (to: number, by: BudgetEnd["limit"]) => {
      if (to < tokens) [tokens, limit] = [to, by];
    };
    if (limits.outputTokens !== undefined) lower(limits.outputTokens - used.outputTokens, "tokens");
    if (price && limits.usd !== undefined)
      lower(affordableOutput(price, toNano(limits.usd) - nano, inputTokens), "usd");
    return [tokens, limit];
  };

  const charge = (usage: Usage): void => {
    if (!open) throw new Error("This reservation is already closed.");
    open = false;
    turns++;
    used = sum(used, usage);
    if (price) nano += costOf(price, usage);
  };

  return {
    priced: price !== null,
    limits,
    get spent() {
      return { ...used, turns, usd: price ? nano / 1e9 : null, seconds: elapsed() / 1000 };
    },
    get millisecondsLeft() {
      return millisecondsLeft();
    },
    reserve(inputTokens, wanted) {
      if (open) throw new Error("The reservation before this one is still open.");
      if (turns >= limits.turns) return { kind: "budget", limit: "turns" };
      if (millisecondsLeft() === 0) return { kind: "budget", limit: "minutes" };
      const [maxTokens, limit] = ceiling(inputTokens, wanted);
      if (limit && maxTokens < Math.min(leastUsefulTokens, wanted)) return { kind: "budget", limit };
      open = true;
      return {
        kind: "reserved",
        maxTokens,
        settle: charge,
        forfeit: () => charge({ ...nothing, cacheWriteTokens: inputTokens, outputTokens: maxTokens }),
        release: () => {
          open = false;
        },
      };
    },
  };
}

export function sum(a: Usage, b: Usage): Usage {
  return {
    inputTokens: a.inputTokens + b.inputTokens,
    outputTokens: a.outputTokens + b.outputTokens,
    cacheReadTokens: a.cacheReadTokens + b.cacheReadTokens,
    cacheWriteTokens: a.cacheWriteTokens + b.cacheWriteTokens,
  };
}
