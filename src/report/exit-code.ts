import { type ProblemCode, type ProblemKind, problems } from "../log/problems.ts";
import type { Verdict } from "../verify/types.ts";
import type { Outcome } from "./outcome.ts";

/** 0 verified, tests-pass, or waiting for an answer · 1 failed or unverified · 2 bad use or configuration · 3 infrastructure. */
export type ExitCode = 0 | 1 | 2 | 3;

export function verdictExitCode(verdict: Verdict): ExitCode {
  return verdict === "verified" || verdict === "tests-pass" ? 0 : 1;
}

export function outcomeExitCode(outcome: Outcome): ExitCode {
  if (outcome.kind === "unchanged") return 1;
  if (outcome.kind === "waits") return 0;
  if (outcome.kind === "shown") return verdictExitCode(outcome.verdict);
  if (outcome.kind === "stopped") return problemExitCode(outcome.code);
  return verdictExitCode(outcome.draft.verification.verdict);
}

export function problemExitCode(code: ProblemCode): ExitCode {
  return byKind[problems[code].kind];
}

const byKind: Record<ProblemKind, ExitCode> = { use: 2, stopped: 1, infrastructure: 3 };
