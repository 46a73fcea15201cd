import type { Runs } from "../evidence.ts";
import type { Finding, SuiteRun, TestResult } from "../types.ts";

/** `runs` without the tests of folders whose tests cannot be run at the base, and a remark on each of those. */
export function withoutUnusable(runs: Runs): { readonly runs: Runs; readonly left: Finding[] } {
  const unusable = runs.base?.unusable ?? [];
  if (unusable.length === 0) return { runs, left: [] };
  const without = (run: SuiteRun): SuiteRun => ({
    ...run,
    tests: run.tests.filter((test) => !unusable.some(({ folder }) => isIn(folder, test))),
  });
  const all = (some: readonly SuiteRun[] = []) => some.map(without);
  const { again = {}, ...first } = runs;
  return {
    runs: {
      ...Object.fromEntries(Object.entries(first).map(([which, run]) => [which, without(run)])),
      again: { base: all(again.base), baseWithTests: all(again.baseWithTests), head: all(again.head) },
    },
    left: unusable.map(({ folder, problem }) => ({
      gate: "folder-untested",
      weight: "remark",
      file: folder,
      line: null,
      reason: `The tests in ${folder === "" ? "the root" : folder} cannot be run at the base (${problem}): they say nothing of this change.`,
    })),
  };
}

/** Results of a folder have their file below it, or its name before their own. */
function isIn(folder: string, { file, name }: TestResult): boolean {
  return file === null ? name.startsWith(`${folder}: `) : file.startsWith(`${folder}/`);
}
