import type { Toolchain } from "../toolchain.ts";
import type { RunSummary, TestResult } from "../types.ts";

/** A toolchain that has a test command. */
export type TestableToolchain = Toolchain & { readonly test: string };

/** Where, as the command sees it, reports are to be written and our own small programs lie. */
export interface ReportPlace {
  readonly reports: string;
  readonly programs: string;
}

/** The shell text that runs the tests and leaves a report, and what it needs in its environment. */
export interface ReportRequest {
  readonly command: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Report files by name, in the order of their names. */
export type Reports = ReadonlyMap<string, string>;

/** The name of what `lists` printed, which is no report of the runner's. */
export const declarations = "declarations";

/** What the runner itself left. */
export function withoutDeclarations(reports: Reports): Reports {
  return new Map([...reports].filter(([name]) => name !== declarations));
}

/** How one test runner is asked for per-test results, and how its report is read. */
export interface TestRunner {
  ask(toolchain: TestableToolchain, place: ReportPlace): ReportRequest;
  /** The command that runs the tests in `files` alone; null where that cannot be said with this toolchain's command. */
  only?(toolchain: TestableToolchain, files: readonly string[]): string | null;
  /** Programs of ours that the request uses: file name → text. */
  readonly programs?: Readonly<Record<string, string>>;
  /** A POSIX shell program that prints where tests are declared, before they run: `read` gets it as the report `declarations`. */
  readonly lists?: string;
  /** Glob of reports that the runner writes into the checkout, where it cannot be told another place. */
  readonly writesInto?: string;
  /** The report is what the command prints: `read` gets it as the report `output`. */
  readonly readsOutput?: boolean;
  /** The names that its reports can have; a file of another name is none of them, so the tests wrote it. */
  readonly writes?: RegExp;
  /** Whether it says in its output that it wrote a report of this name; one that it does not name, the tests wrote. */
  wrote?(output: string, name: string): boolean;
  /** Its reports are written by a program of ours, which prints a mark of each when the runner has come to its end. */
  readonly marks?: boolean;
  /** What it says of its results at the end of its output; null where it does not come to that. */
  summary?(output: string): RunSummary | null;
  /** Throws what its parser throws where the report is broken. Paths and texts as the runner wrote them. */
  read(reports: Reports): TestResult[];
  /** The tests that a run had printed when it was stopped, where its report is only written at its end. */
  readStopped?(output: string): TestResult[];
  /** Whether a run without a report means that the runner is not installed, where its exit code does not say so. */
  isMissing?(run: { readonly output: string }): boolean;
  /** Whether a run without a report only means that there was nothing to run. */
  foundNothing?(run: { readonly exitCode: number | null; readonly output: string }): boolean;
}

/** The command with the runner's arguments at its end. */
export function withArguments(toolchain: TestableToolchain, ...words: readonly string[]): string {
  return [toolchain.testWithArguments ?? toolchain.test, ...words.map(quoted)].join(" ");
}

/** `word` so that a POSIX shell takes it as it is. */
export function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
