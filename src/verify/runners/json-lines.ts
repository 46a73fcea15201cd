import { asRecord } from "../look.ts";
import type { TestResult } from "../types.ts";
import type { Reports } from "./runner.ts";

/** The form that our own reporters write: one JSON object a line, one line a test, as the tests end. */
export function readJsonLines(reports: Reports): TestResult[] {
  return [...reports.values()].flatMap((text) =>
    text
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => result(asRecord(JSON.parse(line)))),
  );
}

function result(entry: Record<string, unknown>): TestResult {
  const { name, file, state, message, whole } = entry;
  return {
    name: String(name),
    file: typeof file === "string" ? file : null,
    state: state === "passed" || state === "failed" ? state : "skipped",
    ...(typeof message === "string" ? { message } : {}),
    ...(whole === true ? { scope: "file" as const } : {}),
  };
}
