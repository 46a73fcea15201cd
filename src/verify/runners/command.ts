import { readJunit } from "./junit.ts";
import { readPrinted } from "./printed.ts";
import type { TestRunner } from "./runner.ts";
import { printedSummary } from "./summaries.ts";

/** Any command: JUnit XML where the configuration names a report, else what it prints of its tests, else its exit code. */
export const command: TestRunner = {
  ask: (toolchain) => ({ command: toolchain.test }),
  readsOutput: true,
  summary: printedSummary,
  read: (reports) => {
    const output = reports.get("output");
    return output === undefined ? readJunit(reports) : readPrinted(output);
  },
};
