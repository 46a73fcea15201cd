import type Anthropic from "@anthropic-ai/sdk";

/** Tokens of one or more model calls, as the Messages API counts them. */
export interface Usage {
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly cacheReadTokens: number;
  readonly cacheWriteTokens: number;
}

/** Where replies come from: the Messages API, or a journal. Both are a client, so that one loop serves both. */
export interface Model {
  /** The id that is sent, e.g. `claude-sonnet-5-5`. */
  readonly id: string;
  readonly kind: "live" | "recorded";
  readonly client: Anthropic;
}
