import type { Runs } from "../evidence.ts";
import type { Finding, SuiteRun, TestResult, UnusableFolder } from "../types.ts";

const maxNamed = 5;

/**
 * `runs` without the tests of folders that say nothing of the change, and a remark on those: their tests cannot be run at
 * the base, or there was no time for them at one of the sides.
 */
export function withoutUnusable(runs: Runs): { readonly runs: Runs; readonly left: Finding[] } {
  const { again = {}, laid = [], rest, ...first } = runs;
  const late = [runs.baseWithTests, runs.head].flatMap((run) => (run?.unusable ?? []).filter(isLate));
  const unusable = [...(runs.base?.unusable ?? []), ...late];
  if (unusable.length === 0) return { runs, left: [] };
  const folders = new Set(unusable.map(({ folder }) => folder));
  const without = (run: SuiteRun): SuiteRun => ({
    ...run,
    tests: run.tests.filter((test) => ![...folders].some((folder) => isIn(folder, test))),
  });
  const all = (some: readonly SuiteRun[] = []) => some.map(without);
  return {
    runs: {
      laid,
      ...(rest === undefined ? {} : { rest }),
      ...Object.fromEntries(Object.entries(first).map(([which, run]) => [which, without(run)])),
      again: { base: all(again.base), baseWithTests: all(again.baseWithTests), head: all(again.head) },
    },
    left: remarksOn(unusable),
  };
}

const isLate = ({ problem }: UnusableFolder) => problem === "not-run";

function remarksOn(unusable: readonly UnusableFolder[]): Finding[] {
  const [late, broken] = [true, false].map((wanted) => [
    ...new Set(unusable.filter((one) => isLate(one) === wanted).map(({ folder }) => folder)),
  ]);
  const remarks: [readonly string[] | undefined, string][] = [
    [broken, "cannot be run at the base"],
    [late, "were not run, since the time was up"],
  ];
  return remarks.flatMap(([folders = [], why]) => {
    const [first] = folders;
    if (first === undefined) return [];
    const more = folders.length > maxNamed ? ` and ${folders.length - maxNamed} more` : "";
    const reason = `The tests in ${folders.slice(0, maxNamed).join(", ")}${more} ${why}: they say nothing of this change.`;
    return { gate: "folder-untested", weight: "remark", file: first, line: null, reason } as const;
  });
}

/** Results of a folder have their file below it, or its name before their own. */
function isIn(folder: string, { file, name }: TestResult): boolean {
  return name.startsWith(`${folder}: `) || file?.startsWith(`${folder}/`) === true;
}
