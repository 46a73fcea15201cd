import { readJunit } from "./junit.ts";
import { quoted, type TestRunner } from "./runner.ts";

/** CTest 3.21 and later. */
export const ctest: TestRunner = {
  ask: (toolchain, { reports }) => ({
    command: `${toolchain.test} --output-junit ${quoted(`${reports}/ctest.xml`)}`,
  }),
  read: readJunit,
};
