import { readJunit } from "./junit.ts";
import { commandsOf, runnerCalledBy, wordsOf } from "./recognise.ts";
import { quoted, type TestRunner } from "./runner.ts";
import { pytestSummary } from "./summaries.ts";

/** pytest, by environment, so that it is reached through make, tox or a script as well. */
export const pytest: TestRunner = {
  ask: (toolchain, { reports }) => ({
    command: toolchain.test,
    env: {
      // xunit1 is the family that names files; a broken file must not hide the tests of the others.
      PYTEST_ADDOPTS: `--junitxml=${reports}/pytest.xml -o junit_family=xunit1 --continue-on-collection-errors`,
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
  isMissing: ({ output }) => /^\S+: No module named pytest$/m.test(output),
  foundNothing: ({ exitCode }) => exitCode === 5,
};

/** `tests.test_a`, as pytest names a module that it could not import. */
function moduleFile(module: string): string {
  return module.endsWith(".py") ? module : `${module.replaceAll(".", "/")}.py`;
}
