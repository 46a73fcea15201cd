import type { Finding } from "../types.ts";
import { binaryFiles } from "./binary-files.ts";
import { changedExpectations } from "./changed-expectations.ts";
import type { Gate, GateInput } from "./gate.ts";
import { runnerShadowed } from "./runner-shadowed.ts";
import { sensitiveFiles } from "./sensitive-files.ts";
import { skippedTests } from "./skipped-tests.ts";
import { snapshots } from "./snapshots.ts";
import { testAwareSource } from "./test-aware-source.ts";
import { testScripts } from "./test-scripts.ts";
import { testsGone } from "./tests-gone.ts";
import { weakenedTests } from "./weakened-tests.ts";

const gates: readonly Gate[] = [
  testsGone,
  skippedTests,
  weakenedTests,
  testAwareSource,
  snapshots,
  testScripts,
  runnerShadowed,
  changedExpectations,
  sensitiveFiles,
  binaryFiles,
];

/** Everything the gates remark on a change, ordered by gate. */
export async function findingsOn(input: GateInput): Promise<Finding[]> {
  const findings = await Promise.all(gates.map((gate) => gate(input)));
  return findings.flat();
}
