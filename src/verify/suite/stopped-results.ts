import { plain } from "../../log/plain.ts";
import { declarations, type Reports, type TestRunner, withoutDeclarations } from "../runners/runner.ts";
import type { TestResult } from "../types.ts";

/** What a suite had come to when it was stopped: each of its reports, as far as it was written and can be read. */
export function stoppedResults(runner: TestRunner, reports: Reports | null, output: string): TestResult[] {
  if (runner.readStopped !== undefined) return runner.readStopped(plain(output));
  if (reports === null) return [];
  const listing = [...reports].filter(([name]) => name === declarations);
  return [...withoutDeclarations(reports)].flatMap(([name, text]) => {
    const read = (part: string) => readable(() => runner.read(new Map([...listing, [name, part]])));
    // The last line may be half of one.
    return read(text) ?? read(text.slice(0, text.lastIndexOf("\n") + 1)) ?? [];
  });
}

function readable(read: () => TestResult[]): TestResult[] | undefined {
  try {
    return read();
  } catch {
    return undefined; // Written at its end alone, which it did not come to.
  }
}
