import type { SuiteProblem, TestResult } from "../types.ts";

export interface RunFacts {
  readonly exitCode: number | null;
  readonly timedOut: boolean;
  /** Whether the runner left any report. */
  readonly reported: boolean;
  /** Whether its report could be read. */
  readonly readable: boolean;
  /** Whether the runner, or what is to call it, is not there at all. */
  readonly missing: boolean;
  /** Whether the runner itself says that there is nothing to run. */
  readonly foundNothing: boolean;
  /** Whether what the runner said at its end is something else, or somebody else wrote to the report. */
  readonly contradicted: boolean;
  readonly tests: readonly TestResult[];
}

/**
 * Why a run's results cannot be relied on, or null. Exit code, report and what the runner printed at its end must say the
 * same to be believed.
 */
export function judgeRun(run: RunFacts): SuiteProblem | null {
  if (run.timedOut) return "timeout";
  if (!run.readable) return "report-unreadable";
  if (run.tests.length === 0 && run.foundNothing) return "no-tests-ran";
  const silent = run.missing ? "runner-missing" : "no-report";
  if (!run.reported) return silent;
  if (run.contradicted) return "report-contradicted";
  const failed = run.tests.some((test) => test.state === "failed");
  if (run.exitCode === 0) return run.tests.length === 0 ? "no-tests-ran" : failed ? "runner-failed" : null;
  // It stopped before the first of them: there is nothing that the exit code could contradict.
  return failed ? null : run.tests.length === 0 ? silent : "runner-failed";
}
