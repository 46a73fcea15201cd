import { asRecord } from "../look.ts";
import type { TestResult } from "../types.ts";
import type { Reports } from "./runner.ts";
import { attribute, parseXml } from "./xml.ts";

const lastLines = 30;

/** JUnit XML, the form that most runners can write: https://github.com/testmoapp/junitxml */
export function readJunit(reports: Reports): TestResult[] {
  return [...reports.values()].flatMap((xml) => junitResults(parseXml(xml)));
}

/** The same of one report, already parsed. */
export function junitResults(root: Record<string, unknown>): TestResult[] {
  const suites = asRecord(root.testsuites ?? {});
  if (!("testsuites" in root) && !("testsuite" in root)) throw new SyntaxError("no testsuite in the report");
  return [...suitesOf(root), ...suitesOf(suites)].flatMap((suite) => readSuite(suite, null));
}

function suitesOf(node: Record<string, unknown>): Record<string, unknown>[] {
  return Array.isArray(node.testsuite) ? node.testsuite.map(asRecord) : [];
}

function readSuite(suite: Record<string, unknown>, above: string | null): TestResult[] {
  const file = attribute(suite, "file") ?? attribute(suite, "filepath") ?? above;
  const cases = Array.isArray(suite.testcase) ? suite.testcase.map(asRecord) : [];
  return [
    ...cases.map((test) => readCase(test, file)),
    ...suitesOf(suite).flatMap((inner) => readSuite(inner, file)),
  ];
}

function readCase(test: Record<string, unknown>, suiteFile: string | null): TestResult {
  const file = attribute(test, "file") ?? suiteFile;
  const failure = first(test.failure) ?? first(test.error);
  const skipped =
    first(test.skipped) !== null || /^(notrun|skipped|disabled)$/.test(attribute(test, "status") ?? "");
  return {
    name: [className(attribute(test, "classname"), file), attribute(test, "name") ?? ""]
      .filter(Boolean)
      .join("::"),
    file,
    state: failure !== null ? "failed" : skipped ? "skipped" : "passed",
    ...(failure === null ? {} : { message: failureText(failure) || printedBy(test) }),
  };
}

/** The class without the module that the file already names: `tests.test_a.TestSum` → `TestSum`. */
function className(name: string | null, file: string | null): string {
  const module = (file ?? "").replace(/^\.\/|\.[^./]+$/g, "").replaceAll("/", ".");
  if (name === null || name === module) return "";
  return module !== "" && name.startsWith(`${module}.`) ? name.slice(module.length + 1) : name;
}

function failureText(failure: unknown): string {
  if (typeof failure === "string") return failure;
  const record = asRecord(failure);
  const message = attribute(record, "message") ?? "";
  const text = typeof record.text === "string" ? record.text : "";
  return text.startsWith(message) ? text : `${message}\n${text}`.trim();
}

/** The end of what a test printed, which is all that some runners say of why it failed. */
function printedBy(test: Record<string, unknown>): string {
  const printed = attribute(test, "system-err") ?? attribute(test, "system-out") ?? "";
  return printed.trimEnd().split("\n").slice(-lastLines).join("\n");
}

function first(value: unknown): unknown {
  return Array.isArray(value) && value.length > 0 ? value[0] : null;
}
