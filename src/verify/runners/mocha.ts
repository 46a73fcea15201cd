import { asRecord } from "../look.ts";
import type { TestResult } from "../types.ts";
import { type Reports, type TestRunner, withArguments } from "./runner.ts";

/** mocha's own JSON reporter, written to a file since 9.2: https://mochajs.org/#json */
export const mocha: TestRunner = {
  ask: (toolchain, { reports }) => ({
    command: withArguments(toolchain, "--reporter=json", `--reporter-option=output=${reports}/mocha.json`),
  }),
  read,
  foundNothing: ({ output }) => /^Error: No test files found/m.test(output),
};

function read(reports: Reports): TestResult[] {
  return [...reports.values()].flatMap((text) => {
    const report = asRecord(JSON.parse(text));
    if (!Array.isArray(report.tests)) throw new SyntaxError("no tests in the report");
    const pending = new Set(list(report.pending).map(identity));
    const tests = list(report.tests).map((test) => result(test, pending.has(identity(test))));
    const listed = new Set(list(report.tests).map(identity));
    // A failing hook stands among the failures only.
    const hooks = list(report.failures).filter((test) => !listed.has(identity(test)));
    return [...tests, ...hooks.map((test) => result(test, false))];
  });
}

function result(test: Record<string, unknown>, pending: boolean): TestResult {
  const { message, stack } = asRecord(test.err);
  const failed = message !== undefined || stack !== undefined;
  return {
    name: String(test.fullTitle ?? ""),
    file: typeof test.file === "string" ? test.file : null,
    state: failed ? "failed" : pending ? "skipped" : "passed",
    ...(failed ? { message: String(stack ?? message) } : {}),
  };
}

function identity(test: Record<string, unknown>): string {
  return JSON.stringify([test.file, test.fullTitle]);
}

function list(value: unknown): Record<string, unknown>[] {
  return Array.isArray(value) ? value.map(asRecord) : [];
}
