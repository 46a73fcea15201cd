import { readJunit } from "./junit.ts";
import type { TestRunner } from "./runner.ts";

/** Any command: JUnit XML where the configuration names a report, else its exit code alone. */
export const command: TestRunner = {
  ask: (toolchain) => ({ command: toolchain.test }),
  read: readJunit,
};
