import { underGlobs } from "../../workspace/globs.ts";
import { isTestPath } from "../test-files.ts";
import type { Finding } from "../types.ts";
import { binaryFiles } from "./binary-files.ts";
import { changeSize } from "./change-size.ts";
import { changedExpectations } from "./changed-expectations.ts";
import { changedTests } from "./changed-tests.ts";
import { coverageThresholds } from "./coverage-thresholds.ts";
import { farFiles } from "./far-files.ts";
import type { Change, Gate } from "./gate.ts";
import { idleAssertions } from "./idle-assertions.ts";
import { narrowedRuns } from "./narrowed-runs.ts";
import { runnerShadowed } from "./runner-shadowed.ts";
import { sensitiveFiles } from "./sensitive-files.ts";
import { skippedTests } from "./skipped-tests.ts";
import { snapshots } from "./snapshots.ts";
import { swallowedFailures } from "./swallowed-failures.ts";
import { tableRows } from "./table-rows.ts";
import { testAwareSource } from "./test-aware-source.ts";
import { testScripts } from "./test-scripts.ts";
import { testsGone } from "./tests-gone.ts";
import { testsNotRun } from "./tests-not-run.ts";
import { unreachedAssertions } from "./unreached-assertions.ts";
import { weakenedTests } from "./weakened-tests.ts";

const gates: readonly Gate[] = [
  testsGone,
  tableRows,
  unreachedAssertions,
  skippedTests,
  weakenedTests,
  idleAssertions,
  swallowedFailures,
  testAwareSource,
  snapshots,
  testScripts,
  runnerShadowed,
  narrowedRuns,
  changedExpectations,
  testsNotRun,
  coverageThresholds,
  sensitiveFiles,
  binaryFiles,
  changeSize,
  farFiles,
];

/** Everything the gates remark on a change, ordered by gate, and of each place one thing. */
export async function findingsOn(change: Change): Promise<Finding[]> {
  const isConfigured = underGlobs(change.testGlobs ?? []);
  const isTest = (path: string) => isTestPath(path) || isConfigured(path);
  const changed = await changedTests(change.base, change.head, change.changes, isTest);
  const all = (await Promise.all(gates.map((gate) => gate({ ...change, changed, isTest })))).flat();
  const blocked = new Set(all.filter(({ weight }) => weight === "blocking").map(({ file }) => file));
  const said = new Set<string>();
  const placeOf = ({ file, line }: Finding) => `${file}:${line}`;
  for (const one of all) if (one.weight === "blocking") said.add(placeOf(one));
  const seen = new Set<string>();
  return all.filter((one) => {
    // What a file is for need not be said where one of its lines is blocked, nor two things of one line.
    if (one.gate === "runner-configuration" && blocked.has(one.file)) return false;
    if (one.line === null) return true;
    const place = placeOf(one);
    if (seen.has(place) || (one.weight === "remark" && said.has(place))) return false;
    seen.add(place);
    return true;
  });
}
