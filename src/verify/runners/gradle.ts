import { readJunit } from "./junit.ts";
import type { TestRunner } from "./runner.ts";

/** Gradle writes JUnit XML by itself. `--offline`: there is no network while tests run. */
export const gradle: TestRunner = {
  ask: (toolchain) => ({ command: `${toolchain.test} --offline --continue` }),
  writesInto: "**/build/test-results/**/TEST-*.xml",
  read: readJunit,
};
