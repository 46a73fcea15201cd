import { plain } from "../../log/plain.ts";
import { marksOf } from "../runners/marks.ts";
import type { Reports, TestRunner } from "../runners/runner.ts";
import type { RunSummary, TestResult } from "../types.ts";

/** What there is to hold against a report, beside the exit code. */
export interface Witness {
  /** What the runner said at its end; null: nothing of the kind. */
  readonly summary: RunSummary | null;
  /** Whether the reports were touched by somebody else. */
  readonly touched: boolean;
}

/** What the runner itself said of its results, of which `tests` were read. */
export function witnessOf(
  runner: TestRunner,
  output: string,
  reports: Reports | null,
  tests: readonly TestResult[],
): Witness {
  const stranger = [...(reports?.keys() ?? [])].some(
    (name) => runner.writes?.test(name) === false || runner.wrote?.(output, name) === false,
  );
  const printed = runner.summary?.(plain(output)) ?? null;
  if (runner.marks !== true || reports === null) return { summary: printed, touched: stranger };
  const { complete, broken } = marksOf(output, reports);
  // With its mark a report says for itself how many there are.
  const counted = { passed: count(tests, "passed"), failed: count(tests, "failed") };
  return { summary: complete ? (printed ?? counted) : null, touched: stranger || broken };
}

/** Whether the results are others than the runner summed up. */
export function disagree(tests: readonly TestResult[], summary: RunSummary | null): boolean {
  if (summary === null) return false;
  const { passed, failed, results = tests.length } = summary;
  if (tests.length > results) return true;
  return (passed !== null && count(tests, "passed") > passed) || count(tests, "failed") < failed;
}

function count(tests: readonly TestResult[], state: TestResult["state"]): number {
  return tests.filter((test) => test.state === state).length;
}
