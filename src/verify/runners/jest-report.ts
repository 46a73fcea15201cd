import { asRecord } from "../look.ts";
import type { TestResult } from "../types.ts";
import type { Reports } from "./runner.ts";

const states: Readonly<Record<string, TestResult["state"]>> = { passed: "passed", failed: "failed" };

/** jest's `--json` form, which vitest writes too: https://jestjs.io/docs/cli#--json */
export function readJestReport(reports: Reports): TestResult[] {
  return [...reports.values()].flatMap((text) => {
    const files = asRecord(JSON.parse(text)).testResults;
    if (!Array.isArray(files)) throw new SyntaxError("no testResults in the report");
    return files.flatMap((file) => readFile(asRecord(file)));
  });
}

function readFile(entry: Record<string, unknown>): TestResult[] {
  const file = typeof entry.name === "string" ? entry.name : null;
  const tests = Array.isArray(entry.assertionResults) ? entry.assertionResults.map(asRecord) : [];
  const results = tests.map((test): TestResult => {
    const titles = [...(Array.isArray(test.ancestorTitles) ? test.ancestorTitles : []), test.title];
    const failures = Array.isArray(test.failureMessages) ? test.failureMessages.map(text) : [];
    return {
      name: titles.map(text).filter(Boolean).join(" > "),
      file,
      // pending, skipped, todo, disabled: not run.
      state: states[text(test.status)] ?? "skipped",
      ...(failures.length === 0 ? {} : { message: failures.join("\n") }),
    };
  });
  // The file could not be loaded, or a hook of the whole of it failed: its tests are not listed, or as not run.
  if (entry.status !== "failed" || results.some((test) => test.state === "failed")) return results;
  return [
    ...results,
    { name: file ?? "", file, state: "failed", message: text(entry.message), scope: "file" },
  ];
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}
