import type { Spent } from "../agent/types.ts";
import { Problem } from "../log/problem.ts";
import type { Outcome } from "../report/outcome.ts";

/** Whether a run was stopped by somebody who cancelled it, and not with its process. */
export const isCancelled = (signal: AbortSignal | undefined): boolean =>
  signal?.reason instanceof Problem && signal.reason.code === "cancelled";

/** What ended a run, as its outcome. A bug, or a signal that stops the process, is none: it is thrown on. */
export function stoppedBy(
  error: unknown,
  spent: Spent | null,
  signal?: AbortSignal,
): Extract<Outcome, { kind: "stopped" }> {
  if (!isCancelled(signal)) signal?.throwIfAborted();
  const problem = isCancelled(signal) ? signal?.reason : asProblem(error);
  if (!(problem instanceof Problem)) throw problem;
  return { kind: "stopped", code: problem.code, what: problem.what, fix: problem.fix, spent };
}

const asProblem = (error: unknown) =>
  isDiskFull(error) ? new Problem("disk-full", {}, { cause: error }) : error;

function isDiskFull(error: unknown): boolean {
  return error instanceof Error && ["ENOSPC", "EDQUOT"].includes((error as NodeJS.ErrnoException).code ?? "");
}
