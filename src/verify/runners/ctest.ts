import { availableParallelism } from "node:os";
import { basename, extname } from "node:path";
import { asRecord } from "../look.ts";
import type { TestResult } from "../types.ts";
import { askCatch2, catch2Report, readCatch2 } from "./catch2.ts";
import { listGoogleTests, readGoogle, withFiles } from "./google.ts";
import { readJunit } from "./junit.ts";
import {
  declarations,
  quoted,
  type Reports,
  type TestableToolchain,
  type TestRunner,
  withoutDeclarations,
} from "./runner.ts";
import { ctestSummary } from "./summaries.ts";
import { attribute, parseXml } from "./xml.ts";

const own = "ctest.xml";

const lastLines = 30;

const built = /cmake --build [\w./-]+/;

/**
 * CTest 3.21 and later. For CTest a program is one test; those built on GoogleTest tell of each of theirs by environment,
 * those built on Catch2 by arguments.
 */
export const ctest: TestRunner = {
  ask: ({ test }, { reports, programs }) => ({
    command: `${test.replace(/(^|[;&|]\s*)ctest(?=\s|$)/, `$1sh ${quoted(`${programs}/catch2.sh`)} ${quoted(reports)} && ctest`)} --output-junit ${quoted(`${reports}/${own}`)}`,
    env: { GTEST_OUTPUT: `xml:${reports}/`, CMAKE_BUILD_PARALLEL_LEVEL: `${availableParallelism()}` },
  }),
  only,
  programs: { "catch2.sh": askCatch2 },
  lists: listGoogleTests,
  writes: /\.xml$|^declarations$/,
  summary: ctestSummary,
  read,
};

/**
 * The programs named after `files`, as most builds name them: which one a file belongs to only the build knows. Where there
 * is none of that name the command fails, at the head too.
 */
function only({ test }: TestableToolchain, files: readonly string[]): string | null {
  const names = [...new Set(files.map((file) => basename(file, extname(file))))];
  const isPlain = names.every((name) => /^[\w-]+$/.test(name)) && files.every((file) => source.test(file));
  if (!isPlain || !built.test(test) || !/ && ctest( [\w./-]+)*$/.test(test)) return null;
  const targets = names.map((name) => ` --target ${name}`).join("");
  return `${test.replace(built, (build) => build + targets)} --no-tests=error -R '^(${names.join("|")})$'`;
}

const source = /\.(c|cc|cpp|cxx)$/;

function read(all: Reports): TestResult[] {
  const reports = withoutDeclarations(all);
  const programs = new Map(
    [...reports].flatMap(([name, text]): [string, TestResult[]][] => {
      const [, test] = catch2Report.exec(name) ?? [];
      if (test !== undefined) return [[test, readCatch2(text)]];
      return name === own ? [] : [[basename(name, ".xml"), google(text)]];
    }),
  );
  const inside = [...programs.values()].flat();
  const names = new Set(inside.map((test) => test.name));
  const whole = [...reports].flatMap(([name, text]) => (name === own ? programsIn(text, programs) : []));
  // What a program says of its tests takes its own place, but where it failed although none of them did.
  const rest = whole.filter(({ name, state }) => {
    const tests = programs.get(name);
    const told = tests?.some((test) => test.state === "failed") === true || (tests && state === "passed");
    return !told && !names.has(name);
  });
  return withFiles([...inside, ...rest], all.get(declarations) ?? "");
}

/**
 * The programs as CTest has them. One that died before its report was written is told by what it printed, which is also all
 * that is known of why any other one failed.
 */
function programsIn(xml: string, told: ReadonlyMap<string, readonly TestResult[]>): TestResult[] {
  const printed = printedBy(xml);
  return readJunit(new Map([[own, xml]])).flatMap((test) => {
    const name = test.name.replace(/^(.*)::\1$/s, "$1");
    if (test.state !== "failed" || told.has(name)) return [{ ...test, name }];
    const output = printed.get(name) ?? "";
    const tests = readGoogle(output);
    if (tests.some(({ state }) => state === "failed")) return tests;
    return [{ ...test, name, message: `${test.message ?? ""}\n${ending(output)}`.trim() }];
  });
}

/** The last lines of an output: what a program failed at stands there. */
function ending(output: string): string {
  return output.trimEnd().split("\n").slice(-lastLines).join("\n");
}

/** What each program printed, by its name. */
function printedBy(xml: string): Map<string, string> {
  const suites = [asRecord(parseXml(xml)).testsuite ?? []].flat().map(asRecord);
  const cases = suites.flatMap(({ testcase = [] }) => [testcase].flat().map(asRecord));
  return new Map(cases.map((one) => [attribute(one, "name") ?? "", attribute(one, "system-out") ?? ""]));
}

function google(text: string): TestResult[] {
  const tests = readJunit(new Map([["report", text]]));
  return tests.map((test) => ({ ...test, name: test.name.replace("::", ".") }));
}
