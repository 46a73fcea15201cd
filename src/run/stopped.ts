import type { Spent } from "../agent/types.ts";
import { Problem } from "../log/problem.ts";
import type { Outcome } from "../report/outcome.ts";

/** What ended a run, as its outcome. A bug, or a signal that stops the process, is none: it is thrown on. */
export function stoppedBy(
  error: unknown,
  spent: Spent | null,
  signal?: AbortSignal,
): Extract<Outcome, { kind: "stopped" }> {
  signal?.throwIfAborted();
  const problem = isDiskFull(error) ? new Problem("disk-full", {}, { cause: error }) : error;
  if (!(problem instanceof Problem)) throw problem;
  return { kind: "stopped", code: problem.code, what: problem.what, fix: problem.fix, spent };
}

function isDiskFull(error: unknown): boolean {
  return error instanceof Error && ["ENOSPC", "EDQUOT"].includes((error as NodeJS.ErrnoException).code ?? "");
}
