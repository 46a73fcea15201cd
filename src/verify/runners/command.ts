import { onlyFiles, withLines } from "./file-blocks.ts";
import { readPrinted } from "./printed.ts";
import { readReportFiles } from "./report-file.ts";
import type { TestRunner } from "./runner.ts";
import { printedSummary } from "./summaries.ts";
import { onlyUnits } from "./tcl-units.ts";

/** Any command: the report that the configuration names, else what it prints of its tests, else its exit code. */
export const command: TestRunner = {
  ask: ({ test }) => ({ command: withLines(test) }),
  only: (toolchain, files) => onlyUnits(toolchain, files) ?? onlyFiles(toolchain.test, files),
  readsOutput: true,
  summary: printedSummary,
  read: (reports) => {
    const output = reports.get("output");
    return output === undefined ? readReportFiles(reports) : readPrinted(output);
  },
};
