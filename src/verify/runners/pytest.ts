import type { TestResult } from "../types.ts";
import { readJunit } from "./junit.ts";
import { commandsOf, runnerCalledBy, wordsOf } from "./recognise.ts";
import { quoted, type TestRunner } from "./runner.ts";
import { pytestSummary } from "./summaries.ts";

/** pytest, by environment, so that it is reached through make, tox or a script as well. */
export const pytest: TestRunner = {
  ask: (toolchain, { reports }) => ({
    command: toolchain.test,
    env: {
      // xunit1 is the family that names files; a broken file must not hide the tests of the others. The report is written
      // at the end: with `-v` each test is printed as it goes.
      PYTEST_ADDOPTS: `-v --junitxml=${reports}/pytest.xml -o junit_family=xunit1 --continue-on-collection-errors`,
      PYTHONDONTWRITEBYTECODE: "1",
    },
  }),
  // Not where pytest is reached through something else, which would take them for its own.
  only: ({ test }, files) =>
    runnerCalledBy(wordsOf(commandsOf(test).at(-1) ?? "")) === "pytest"
      ? [test, ...files.map(quoted)].join(" ")
      : null,
  writes: /^pytest\.xml$/,
  summary: pytestSummary,
  read: (reports) =>
    readJunit(reports).map((result) =>
      result.message?.startsWith("collection failure")
        ? { ...result, scope: "file", file: moduleFile(result.name) }
        : result,
    ),
  readStopped: (output) => output.split(/\r?\n/).flatMap(printedResult),
  isMissing: ({ output }) => /^\S+: No module named pytest$/m.test(output),
  foundNothing: ({ exitCode }) => exitCode === 5,
};

const states = { PASSED: "passed", XPASS: "passed", FAILED: "failed", ERROR: "failed" } as const;

/** `tests/test_a.py::TestSum::test_one PASSED [ 50%]`, or `[gw0] [ 50%] PASSED tests/test_a.py::…` of pytest-xdist. */
function printedResult(line: string): TestResult[] {
  const match =
    /^(?<id>\S+\.py::.+) (?<word>[A-Z]+)(?: \(.*\))?\s+\[ *\d+%\]$/.exec(line) ??
    /^\[gw\d+\] \[ *\d+%\] (?<word>[A-Z]+) (?<id>\S+\.py::.+?) *$/.exec(line);
  const { id = "", word = "" } = match?.groups ?? {};
  const state = states[word as keyof typeof states] ?? "skipped";
  const [file = "", ...name] = id.split("::");
  return match === null ? [] : [{ name: name.join("::"), file, state }];
}

/** `tests.test_a`, as pytest names a module that it could not import. */
function moduleFile(module: string): string {
  return module.endsWith(".py") ? module : `${module.replaceAll(".", "/")}.py`;
}
