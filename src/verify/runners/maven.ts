import { readJunit } from "./junit.ts";
import type { TestRunner } from "./runner.ts";
import { mavenSummary } from "./summaries.ts";

/** Surefire writes JUnit XML by itself. `-o`: there is no network while tests run. */
export const maven: TestRunner = {
  ask: (toolchain) => ({ command: toolchain.test.replace(/(\bmvnw?)\b(?!.* -o\b)/, "$1 -o") }),
  writesInto: "**/target/{surefire,failsafe}-reports/TEST-*.xml",
  summary: mavenSummary,
  read: readJunit,
};
