import type { Usage } from "./model.ts";
import type { Price } from "./prices.ts";

/** Money is counted in whole billionths of a dollar: a sum of floats could pass a limit by rounding. */
export type NanoUsd = number;

export function toNano(usd: number): NanoUsd {
  return Math.floor(usd * 1e9);
}

export function costOf(price: Price, usage: Usage): NanoUsd {
  return (
    usage.inputTokens * perToken(price.inputPerMTok) +
    usage.outputTokens * perToken(price.outputPerMTok) +
    usage.cacheReadTokens * perToken(price.cacheReadPerMTok) +
    usage.cacheWriteTokens * perToken(price.cacheWritePerMTok)
  );
}

/** The output tokens that fit into `left` beside `input` tokens at the dearest way to send them; may be negative. */
export function affordableOutput(price: Price, left: NanoUsd, input: number): number {
  const dearest = Math.max(price.inputPerMTok, price.cacheWritePerMTok, price.cacheReadPerMTok);
  return Math.floor((left - input * perToken(dearest)) / Math.max(1, perToken(price.outputPerMTok)));
}

export function perToken(usdPerMTok: number): NanoUsd {
  // A price with more digits is rounded up, after the noise of the multiplication is gone.
  return Math.ceil(Number((usdPerMTok * 1000).toFixed(3)));
}
