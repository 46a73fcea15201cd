import { APIConnectionError, APIError } from "@anthropic-ai/sdk";
import type { TurnEnd } from "./types.ts";

export type ApiErrorEnd = Extract<TurnEnd, { kind: "api-error" }>;

/** What a failed call means for the run. Rethrows what is neither the API's nor the network's fault. */
export function apiErrorEnd(error: unknown): ApiErrorEnd {
  const end = (problem: ApiErrorEnd["problem"], status: number | null, message: string): ApiErrorEnd => ({
    kind: "api-error",
    problem,
    status,
    message,
  });
  if (error instanceof APIConnectionError) return end("unreachable", null, causes(error));
  if (error instanceof APIError) {
    const status = error.status ?? null;
    return end(problemOf(error), status, error.apiMessage ?? error.message);
  }
  throw error;
}

/** `status` is absent for an error that came as an event of a stream. */
function problemOf(error: APIError): ApiErrorEnd["problem"] {
  const { status = 0, type } = error;
  if (isSpendLimit(status, error.errorCode, error.apiMessage)) return "spend-limit";
  if (status === 401 || status === 403 || type === "authentication_error") return "key";
  if (status === 429 || type === "rate_limit_error") return "rate-limit";
  if (status >= 500 || type === "overloaded_error" || type === "api_error") return "overloaded";
  return "request";
}

/**
 * A limit on money, which no retry lifts: 402, a 429 with such a code, and two 400s that have only their sentence.
 * https://platform.claude.com/docs/en/api/rate-limits
 */
export function isSpendLimit(status: number, code: string | null, message: string | null): boolean {
  if (status === 402 || code?.endsWith("spend_limit_reached")) return true;
  return status === 400 && /^You have reached your specified|credit balance is too low/.test(message ?? "");
}

/** Node says "fetch failed" and hides why in the cause. */
function causes(error: { readonly message: string; readonly cause?: unknown }): string {
  const { cause } = error;
  const inner =
    typeof cause === "object" && cause !== null && "message" in cause ? causes(cause as Error) : "";
  return [error.message.replace(/\.$/, ""), inner].filter(Boolean).join(": ");
}
