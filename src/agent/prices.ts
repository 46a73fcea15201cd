/** What a model's tokens cost, in USD per million tokens. */
export interface Price {
  readonly inputPerMTok: number;
  readonly outputPerMTok: number;
  /** Writing to the cache for five minutes. */
  readonly cacheWritePerMTok: number;
  readonly cacheReadPerMTok: number;
}

/** A price that the operator states, for a model that is not in the table. */
export type StatedPrice = Pick<Price, "inputPerMTok" | "outputPerMTok">;

const usd = (input: number, output: number, write: number, read: number): Price => ({
  inputPerMTok: input,
  outputPerMTok: output,
  cacheWritePerMTok: write,
  cacheReadPerMTok: read,
});

/**
 * List prices: base input, output, five-minute cache write, cache read.
 *
 * Source: https://platform.claude.com/docs/en/about-claude/pricing and the model pages beside it, as stored in
 * October and November 2026 and read on 2026-11-22; the cache reads of claude-sonnet-5-5 as lowered on 2026-10-07,
 * https://platform.claude.com/docs/en/release-notes/overview. Left out, because no price on those pages was at hand:
 * claude-fable-5-2, claude-mythos-5-2, claude-mythos-preview, and claude-haiku-5-5, whose price depends on the prompt's
 * length ("from $0.10 / $0.50").
 */
const prices: Readonly<Record<string, Price>> = {
  "claude-fable-5-1": usd(10, 50, 12.5, 0.25),
  "claude-mythos-5-1": usd(10, 50, 12.5, 0.25),
  "claude-fable-5": usd(10, 50, 12.5, 1),
  "claude-mythos-5": usd(10, 50, 12.5, 1),
  "claude-opus-5-5": usd(4, 20, 5, 0.2),
  "claude-opus-5": usd(5, 25, 6.25, 0.5),
  "claude-opus-4-8": usd(5, 25, 6.25, 0.5),
  "claude-opus-4-7": usd(5, 25, 6.25, 0.5),
  "claude-opus-4-6": usd(5, 25, 6.25, 0.5),
  "claude-opus-4-5": usd(5, 25, 6.25, 0.5),
  "claude-sonnet-5-5": usd(2, 10, 2.5, 0.1),
  "claude-sonnet-5": usd(2, 10, 2.5, 0.2),
  "claude-sonnet-4-6": usd(3, 15, 3.75, 0.3),
  "claude-sonnet-4-5": usd(3, 15, 3.75, 0.3),
  "claude-haiku-4-5": usd(1, 5, 1.25, 0.1),
};

/**
 * The price of a model, or null where none is known. A dated id has the price of its alias. A stated price goes first; its
 * cache writes count 1.25 times the input and its cache reads as much as the input, which is never too little for Claude.
 */
export function priceOf(model: string, stated?: StatedPrice): Price | null {
  if (stated)
    return usd(stated.inputPerMTok, stated.outputPerMTok, stated.inputPerMTok * 1.25, stated.inputPerMTok);
  return prices[model.replace(/-\d{8}$/, "")] ?? null;
}
