import type { Finding } from "../types.ts";
import { checksIn, isIdle } from "./assertions.ts";
import { testAt } from "./changed-tests.ts";
import type { GateInput } from "./gate.ts";
import { proves, runsOf } from "./ran.ts";

/** Assertions that a change adds and that hold whatever the code does. */
export function idleAssertions({ changed, tests }: GateInput): Finding[] {
  return changed.files.flatMap((file) => {
    const added = new Set(file.hunks.flatMap((hunk) => hunk.added.map(({ line }) => line)));
    const old = new Set(file.before.lines.map((line) => line.trim()));
    return checksIn(file.after).flatMap((check): Finding[] => {
      const { index } = check;
      const line = index + 1;
      if (!added.has(line) || old.has((file.after.lines[index] ?? "").trim()) || !isIdle(check)) return [];
      const test = testAt(changed, file, line)?.is.block;
      const weight = test !== undefined && proves(runsOf(test, file.path, tests)) ? "remark" : "blocking";
      const reason = "This assertion cannot fail.";
      return [{ gate: "assertion-idle", weight, file: file.path, line, reason }];
    });
  });
}
