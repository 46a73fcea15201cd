import { readJestReport } from "./jest-report.ts";
import { type TestRunner, withArguments } from "./runner.ts";

export const jest: TestRunner = {
  ask: (toolchain, { reports }) => ({
    command: withArguments(toolchain, "--json", `--outputFile=${reports}/jest.json`),
  }),
  only: (toolchain, files) => withArguments(toolchain, "--runTestsByPath", ...files),
  read: readJestReport,
  foundNothing: ({ output }) => /^No tests found, exiting with code/m.test(output),
};
