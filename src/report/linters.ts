import type { Finding, LinterRun, Verification } from "../verify/types.ts";
import { count } from "./figures.ts";

/** What the repository's own linters newly complain about. */
export const byLinters = (findings: readonly Finding[]): Finding[] =>
  findings.filter(({ lint }) => lint !== undefined);

/** `12 new complaints (eslint 10, prettier 2)`. */
export function complaintCounts(findings: readonly Finding[]): string {
  if (findings.length === 0) return "no new complaint";
  const each = Map.groupBy(findings, ({ lint }) => lint?.linter ?? "");
  const words = [...each].map(([name, { length }]) => `${name} ${length}`).join(", ");
  return `${count(findings.length, "new complaint")} (${words})`;
}

const results: Record<Exclude<LinterRun["result"], "compared">, string> = {
  missing: "configured, but not installed where the tests run",
  late: "not run to its end, the time for linters was over",
  unusable: "does not run at the base, or the base does not hold to it",
  broken: "runs at the base, and no longer with this change",
};

/** One line for each of them: what it has to say, or why it says nothing. */
export function linterLines({ linters = [] }: Pick<Verification, "linters">): string[] {
  return linters.map(({ name, folder, result, found }) => {
    const place = folder === "" ? name : `${name} in ${folder}`;
    if (result !== "compared") return `${place}: ${results[result]}`;
    return `${place}: ${found === 0 ? "no new complaint" : count(found, "new complaint")}`;
  });
}
