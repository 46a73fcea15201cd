import type { Usage } from "./model.ts";

/** What a run may use at most. Any may be absent but `turns`. */
export interface BudgetLimits {
  readonly usd?: number;
  readonly turns: number;
  readonly minutes?: number;
  /** Used where the model's price is unknown, and as a further ceiling where it is known. */
  readonly outputTokens?: number;
}

/** What was used so far. `usd` is null where the price of the model is unknown. */
export interface Spent extends Usage {
  readonly usd: number | null;
  readonly turns: number;
  readonly seconds: number;
}

/** How the model's work on one message ended. Never an exception for what a model or its API may do. */
export type TurnEnd =
  | { readonly kind: "done"; readonly text: string }
  | { readonly kind: "declined"; readonly text: string }
  | { readonly kind: "budget"; readonly limit: "usd" | "turns" | "minutes" | "tokens" }
  | { readonly kind: "cut-off" }
  | { readonly kind: "looping"; readonly text: string }
  | { readonly kind: "malformed" }
  | { readonly kind: "unknown-stop"; readonly stop: string }
  | {
      readonly kind: "api-error";
      readonly problem: "key" | "overloaded" | "rate-limit" | "spend-limit" | "request" | "unreachable";
      readonly status: number | null;
      readonly message: string;
    }
  | { readonly kind: "cancelled" };

/** A linear history with one model: what was sent is what is kept. */
export interface Session {
  /** Says `text` to the model and lets it work with its tools until it stops. */
  send(text: string, signal?: AbortSignal): Promise<TurnEnd>;
  readonly spent: Spent;
}
