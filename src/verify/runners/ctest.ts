import { availableParallelism } from "node:os";
import { basename } from "node:path";
import type { TestResult } from "../types.ts";
import { askCatch2, catch2Report, readCatch2 } from "./catch2.ts";
import { readJunit } from "./junit.ts";
import { quoted, type Reports, type TestRunner } from "./runner.ts";
import { ctestSummary } from "./summaries.ts";

const own = "ctest.xml";

/**
 * CTest 3.21 and later. For CTest a program is one test; those built on GoogleTest tell of each of theirs by environment,
 * those built on Catch2 by arguments. Which of them a file belongs to only the build knows.
 */
export const ctest: TestRunner = {
  ask: ({ test }, { reports, programs }) => ({
    command: `${test.replace(/(^|[;&|]\s*)ctest(?=\s|$)/, `$1sh ${quoted(`${programs}/catch2.sh`)} ${quoted(reports)} && ctest`)} --output-junit ${quoted(`${reports}/${own}`)}`,
    env: { GTEST_OUTPUT: `xml:${reports}/`, CMAKE_BUILD_PARALLEL_LEVEL: `${availableParallelism()}` },
  }),
  programs: { "catch2.sh": askCatch2 },
  writes: /\.xml$/,
  summary: ctestSummary,
  read,
};

function read(reports: Reports): TestResult[] {
  const programs = new Map(
    [...reports].flatMap(([name, text]): [string, TestResult[]][] => {
      const [, test] = catch2Report.exec(name) ?? [];
      if (test !== undefined) return [[test, readCatch2(text)]];
      return name === own ? [] : [[basename(name, ".xml"), google(text)]];
    }),
  );
  const inside = [...programs.values()].flat();
  const names = new Set(inside.map((test) => test.name));
  const whole = readJunit(new Map([...reports].filter(([name]) => name === own))).map((test) => ({
    ...test,
    name: test.name.replace(/^(.*)::\1$/s, "$1"),
  }));
  // What a program says of its tests takes its own place, but where it failed although none of them did.
  const rest = whole.filter(({ name, state }) => {
    const tests = programs.get(name);
    const told = tests?.some((test) => test.state === "failed") === true || (tests && state === "passed");
    return !told && !names.has(name);
  });
  return [...inside, ...rest];
}

function google(text: string): TestResult[] {
  const tests = readJunit(new Map([["report", text]]));
  return tests.map((test) => ({ ...test, name: test.name.replace("::", ".") }));
}
