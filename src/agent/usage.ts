import type { BetaMessage } from "@anthropic-ai/sdk/resources/beta/messages/messages";
import type { Usage } from "./model.ts";
import type { Spent } from "./types.ts";

export function usageOf({ usage }: BetaMessage): Usage {
  return {
    inputTokens: usage.input_tokens,
    outputTokens: usage.output_tokens,
    cacheReadTokens: usage.cache_read_input_tokens ?? 0,
    cacheWriteTokens: usage.cache_creation_input_tokens ?? 0,
  };
}

/** What was charged between two looks at a budget. */
export function chargedSince(before: Spent, after: Spent) {
  return {
    usd: before.usd === null || after.usd === null ? null : after.usd - before.usd,
    tokens: {
      input: after.inputTokens - before.inputTokens,
      output: after.outputTokens - before.outputTokens,
      cacheRead: after.cacheReadTokens - before.cacheReadTokens,
      cacheWrite: after.cacheWriteTokens - before.cacheWriteTokens,
    },
  };
}

/**
 * How many input tokens the next request has at most: as many as the server counted for the last one and its reply,
 * and one for each byte that came since, because no token is shorter than a byte.
 */
export function createInputEstimate(fixed: unknown, history: readonly unknown[]) {
  const fixedBytes = byteLength(fixed);
  let known = { tokens: 0, bytes: 0 };
  const bytes = () => fixedBytes + byteLength(history);
  return {
    upperBound: () => known.tokens + Math.max(0, bytes() - known.bytes),
    /** Takes over what the server counted; to be called with the reply in the history. */
    counted(usage: Usage): void {
      const input = usage.inputTokens + usage.cacheReadTokens + usage.cacheWriteTokens;
      // A server that does not count says 0.
      if (input > 0) known = { tokens: input + usage.outputTokens, bytes: bytes() };
    },
  };
}

function byteLength(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value));
}
