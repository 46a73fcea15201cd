import { asRecord } from "../look.ts";
import type { TestResult } from "../types.ts";
import { attribute } from "./xml.ts";

// What else there is (Failed, Error, Timeout, Aborted, …, or nothing at all) did not pass.
const states: Readonly<Record<string, TestResult["state"]>> = {
  Passed: "passed",
  NotExecuted: "skipped",
  Inconclusive: "skipped",
  Pending: "skipped",
};

/**
 * Visual Studio's form, which `dotnet test --logger trx` writes, parsed:
 * https://github.com/microsoft/vstest/blob/main/docs/report.md. It names no files.
 */
export function trxResults(root: Record<string, unknown>): TestResult[] {
  const run = asRecord(root.TestRun);
  const classes = new Map(
    listOf(asRecord(run.TestDefinitions).UnitTest).map((test) => [test.id, asRecord(test.TestMethod)]),
  );
  return resultsIn(run.Results).map((result) => {
    const state = states[attribute(result, "outcome") ?? ""] ?? "failed";
    return {
      name: fullName(attribute(result, "testName") ?? "", classes.get(result.testId)),
      file: null,
      state,
      ...(state === "failed" ? { message: failureText(result) } : {}),
    };
  });
}

/** Each result by itself; of a test that is run once for each row of its data, those of the rows. */
function resultsIn(results: unknown): Record<string, unknown>[] {
  return Object.entries(asRecord(results))
    .filter(([kind]) => /Result(Aggregation)?$/.test(kind))
    .flatMap(([, value]) => listOf(value))
    .flatMap((result) => {
      const rows = resultsIn(result.InnerResults);
      return rows.length > 0 ? rows : [result];
    });
}

/** xUnit says the class in the test's name, NUnit and MSTest beside it. */
function fullName(name: string, method: Record<string, unknown> | undefined): string {
  const [className = ""] = (attribute(method ?? {}, "className") ?? "").split(",");
  return className === "" || name.startsWith(`${className}.`) ? name : `${className}.${name}`;
}

function failureText(result: Record<string, unknown>): string {
  const error = asRecord(asRecord(result.Output).ErrorInfo);
  return [attribute(error, "Message"), attribute(error, "StackTrace")].filter(Boolean).join("\n");
}

function listOf(value: unknown): Record<string, unknown>[] {
  return value === undefined ? [] : (Array.isArray(value) ? value : [value]).map(asRecord);
}
