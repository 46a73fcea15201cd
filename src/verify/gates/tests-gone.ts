import { holdsTests } from "../test-files.ts";
import type { Finding } from "../types.ts";
import type { GateInput } from "./gate.ts";

/** Tests that the base had and the head has not: deleted files, and tests that no longer appear or no longer run. */
export function testsGone({ changes, tests }: Pick<GateInput, "changes" | "tests">): Finding[] {
  const moved = new Set(tests.map((test) => test.movedFrom));
  const deleted = changes.filter(
    (change) => change.status === "deleted" && holdsTests(change.path) && !moved.has(change.path),
  );
  const files = new Set(deleted.map((change) => change.path));
  const gone = tests.filter(
    (test) => test.base !== "absent" && test.head === "absent" && !files.has(test.file ?? ""),
  );
  const silenced = tests.filter((test) => test.base === "passed" && test.head === "skipped");
  return [
    ...deleted.map((change) => finding("test-deleted", change.path, "A file of tests is deleted.")),
    ...gone.map((test) => finding("test-gone", test.file ?? "", `The test "${test.name}" no longer runs.`)),
    ...silenced.map((test) =>
      finding("test-skipped", test.file ?? "", `The test "${test.name}" passed and is now skipped.`),
    ),
  ];
}

function finding(gate: string, file: string, reason: string): Finding {
  return { gate, weight: "blocking", file, line: null, reason };
}
