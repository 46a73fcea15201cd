import { readJestReport } from "./jest-report.ts";
import { type TestRunner, withArguments } from "./runner.ts";
import { vitestSummary } from "./summaries.ts";

export const vitest: TestRunner = {
  ask: (toolchain, { reports }) => ({
    command: withArguments(
      toolchain,
      "--run",
      "--reporter=default",
      "--reporter=json",
      `--outputFile.json=${reports}/vitest.json`,
    ),
  }),
  only: (toolchain, files) => withArguments(toolchain, ...files),
  writes: /^vitest\.json$/,
  summary: vitestSummary,
  read: readJestReport,
  foundNothing: ({ output }) => /^No test files found, exiting with code/m.test(output),
};
