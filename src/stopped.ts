import type { Spent } from "./agent/types.ts";
import { Problem } from "./log/problem.ts";
import type { Outcome } from "./report/outcome.ts";

/** What ended a run, as its outcome. A bug, or a signal that stops the process, is none: it is thrown on. */
export function stoppedBy(
  error: unknown,
  spent: Spent | null,
  signal?: AbortSignal,
): Extract<Outcome, { kind: "stopped" }> {
  signal?.throwIfAborted();
  if (!(error instanceof Problem)) throw error;
  return { kind: "stopped", code: error.code, what: error.what, fix: error.fix, spent };
}
