import type { SuiteRun, TestResult } from "../types.ts";

/**
 * A run of the head, unless it is not to be believed beside the base's: a runner that comes to its end says so on both
 * sides or on neither, and one that succeeds has not said before that tests failed. Tests that end the process themselves,
 * with a report of their own making, leave the runner no time to say it. One that shows new failures is no forgery.
 */
export function believed(
  base: SuiteRun | undefined,
  run: SuiteRun | undefined,
  between?: SuiteRun,
): SuiteRun | undefined {
  if (run === undefined || run.problem !== undefined) return run;
  const refused = { ...run, tests: [], problem: "report-contradicted" } as const;
  // The tests of the change have tampered there, and run here too.
  if (between?.problem === refused.problem) return refused;
  if (base?.summary === undefined) return run;
  // Limited to the tests at hand, the commands differ in the files that they name.
  const sameCommand = base.command === run.command || (base.only !== undefined && run.only !== undefined);
  if (!sameCommand || failsAnew(base, run)) return run;
  const worse = (run.summary?.worst ?? 0) > 0 && (base.summary.worst ?? 0) === 0 && run.exitCode === 0;
  return run.summary === undefined || worse ? refused : run;
}

function failsAnew(base: SuiteRun, run: SuiteRun): boolean {
  const red = new Set(failuresOf(base));
  return failuresOf(run).some((key) => !red.has(key));
}

function failuresOf({ tests }: SuiteRun): string[] {
  return tests.filter(({ state }) => state === "failed").map(keyOf);
}

const keyOf = ({ file, name }: TestResult) => `${file ?? ""}\0${name}`;
