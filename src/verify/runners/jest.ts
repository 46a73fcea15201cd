import { readJestReport } from "./jest-report.ts";
import { type TestRunner, withArguments } from "./runner.ts";
import { jestSummary } from "./summaries.ts";

export const jest: TestRunner = {
  ask: (toolchain, { reports }) => ({
    command: withArguments(toolchain, "--json", `--outputFile=${reports}/jest.json`),
  }),
  only: (toolchain, files) => withArguments(toolchain, "--runTestsByPath", ...files),
  writes: /^jest\.json$/,
  summary: jestSummary,
  read: readJestReport,
  foundNothing: ({ output }) => /^No tests found, exiting with code/m.test(output),
};
