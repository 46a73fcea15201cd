import type { Finding } from "../types.ts";
import type { GateInput } from "./gate.ts";

/** Tests that passed, fail once the change's tests are laid over the base, and pass at the head: they expect something else. */
export function changedExpectations({ tests }: Pick<GateInput, "tests">): Finding[] {
  return tests
    .filter((test) => test.base === "passed" && test.baseWithTests === "failed" && test.head === "passed")
    .map((test) => ({
      gate: "test-changed",
      weight: "remark",
      file: test.file ?? "",
      line: null,
      reason: `The existing test "${test.name}" expects something else than before.`,
    }));
}
