import { createHash } from "node:crypto";
import type { Reports } from "./runner.ts";

const line = /firstdraft-report: (\S+) ([0-9a-f]{64})\n?/g;

/**
 * For a reporter in JavaScript that has `report`, `appendFileSync`, `basename` and `createHash`: `put(entry)` adds a line to
 * the report, `endMark()` prints what `marksOf` looks for. To standard error: the output may go through another program.
 */
export const marking = `
const sum = createHash("sha256");
function put(entry) {
  const line = JSON.stringify(entry) + "\\n";
  sum.update(line);
  appendFileSync(report, line);
}
const endMark = () => process.stderr.write("firstdraft-report: " + basename(report) + " " + sum.copy().digest("hex") + "\\n");
`;

export interface Marks {
  /** Whether each report has its mark: the runner came to its end. */
  readonly complete: boolean;
  /** Whether a report is not what was written up to the end, or is gone. */
  readonly broken: boolean;
}

/** What the marks in `output` say of the reports. One that is printed twice and differs says that somebody printed it. */
export function marksOf(output: string, reports: Reports): Marks {
  const marks = Map.groupBy(output.matchAll(line), ([, name = ""]) => name);
  const differs = [...marks].some(([name, all]) => {
    const text = reports.get(name);
    return text === undefined || all.some(([, , sum]) => sum !== sumOf(text));
  });
  return { complete: [...reports.keys()].every((name) => marks.has(name)), broken: differs };
}

/** What was printed up to each mark, and after the last. */
export function betweenMarks(output: string): string[] {
  return output.replaceAll(line, "\0").split("\0");
}

/** `output` as it is without our marks. */
export function withoutMarks(output: string): string {
  return output.replaceAll(line, "");
}

function sumOf(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
