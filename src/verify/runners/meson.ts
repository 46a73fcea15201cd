import { asRecord } from "../look.ts";
import type { TestResult } from "../types.ts";
import { readJunit } from "./junit.ts";
import type { Reports, TestRunner } from "./runner.ts";
import { mesonSummary } from "./summaries.ts";

/** Meson writes JUnit XML by itself, into its build folder, and JSON beside it: https://mesonbuild.com/Unit-tests.html */
export const meson: TestRunner = {
  ask: ({ test }) => ({ command: test }),
  writesInto: "**/meson-logs/testlog*.{junit.xml,json}",
  wrote,
  summary: mesonSummary,
  read,
};

/** It names the log that lies beside them. */
function wrote(output: string, name: string): boolean {
  const logs = [...output.matchAll(/^Full log written to (.+)\.txt\s*$/gm)].map(([, log = ""]) => log);
  const beside = `/${name.replace(/\.(junit\.xml|json)$/, "")}`;
  return logs.length === 0 || logs.some((log) => log.endsWith(beside));
}

function read(reports: Reports): TestResult[] {
  const [xml, json] = [".xml", ".json"].map(
    (ending) => new Map([...reports].filter(([name]) => name.endsWith(ending))),
  );
  // The XML says of these that they passed.
  const unexpected = new Set([...(json?.values() ?? [])].flatMap(unexpectedIn));
  return readJunit(xml ?? new Map()).map((test) =>
    unexpected.has(test.name.replace(/^.*?::/, ""))
      ? { ...test, state: "failed", message: "It passed, but is marked as one that fails." }
      : test,
  );
}

/** Names of the tests that should have failed and did not: a line of JSON a test. */
function unexpectedIn(text: string): string[] {
  return text
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => asRecord(JSON.parse(line)))
    .flatMap(({ name, result }) => (result === "UNEXPECTEDPASS" && typeof name === "string" ? [name] : []));
}
