import { type Part, planOf, type TestPlan } from "./plan.ts";
import { runners } from "./runners/index.ts";

/** `plan` with commands that run the tests in `files` alone; null where one of its runners cannot be told. */
export function limitedTo(plan: TestPlan, files: readonly string[]): TestPlan | null {
  const parts: Part[] = [];
  for (const part of plan.parts) {
    if (part.test === null) continue;
    const test = runners[part.runner ?? "command"].only?.({ ...part, test: part.test }, files);
    if (test === undefined || test === null) return null;
    parts.push({ ...part, test, testWithArguments: test });
  }
  return planOf(parts);
}
