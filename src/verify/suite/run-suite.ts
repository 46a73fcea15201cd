import { mkdir, mkdtemp, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Finished, Sandbox } from "../../sandbox/sandbox.ts";
import type { Part } from "../plan/plan.ts";
import { homeMount } from "../prepare/home.ts";
import { runners } from "../runners/index.ts";
import { withoutMarks } from "../runners/marks.ts";
import {
  declarations,
  quoted,
  type ReportPlace,
  type Reports,
  type TestRunner,
  withoutDeclarations,
} from "../runners/runner.ts";
import type { SuiteRun, TestResult } from "../types.ts";
import { cappedOutput } from "./capped-output.ts";
import { cleanResults } from "./clean-results.ts";
import { judgeRun } from "./judge-run.ts";
import { readReports, readReportsIn, removeReportsIn } from "./read-reports.ts";
import { stoppedResults } from "./stopped-results.ts";
import { disagree, witnessOf } from "./witness.ts";

/** Bytes of output that are kept: it is the report, or has what the runner says beside it. */
const maxPrinted = 32 * 1024 * 1024;

/** A part that has a test command. */
export type TestablePart = Part & { readonly test: string };

export interface SuiteOptions {
  readonly sandbox: Sandbox;
  /** A prepared checkout of `tree`. */
  readonly folder: string;
  /** HOME of the run: its own. */
  readonly home: string;
  readonly tree: string;
  readonly toolchain: TestablePart;
  /** The files of `tree`. */
  readonly tracked: ReadonlySet<string>;
  /** A folder of the controller's, in which each run gets a fresh one for its reports. */
  readonly scratch: string;
  readonly testMs: number;
  readonly redact: (text: string) => string;
  readonly signal?: AbortSignal;
}

/** Runs the repository's tests once and reads what each of them did. A hanging, broken or silent suite is a `problem`. */
export async function runSuite(options: SuiteOptions): Promise<SuiteRun> {
  const { sandbox, folder, toolchain, redact } = options;
  const runner = runners[toolchain.runner ?? "command"];
  const place = await reportPlace(options, runner);
  const request = runner.ask(toolchain, { reports: place.inside.reports, programs: place.inside.programs });
  const written = writtenReport(toolchain, runner);
  if (written !== undefined) await removeReportsIn(folder, written);
  const printed = runner.readsOutput === true && written === undefined;

  const command = `${listed(runner, place.inside)}${request.command}`;
  const finished = await sandbox.run({
    argv: ["sh", "-c", 'cd "./$2" && exec sh -c "$1"', "sh", command, toolchain.folder],
    folder,
    // pnpm would fetch the version that the repository names, and there is no network.
    env: { CI: "true", npm_config_manage_package_manager_versions: "false", ...request.env },
    mounts: [
      homeMount(options.home),
      { host: place.reports, inside: place.inside.reports, writable: true },
      { host: place.programs, inside: place.inside.programs },
    ],
    timeoutMs: options.testMs,
    outputBytes: maxPrinted,
    ...(options.signal === undefined ? {} : { signal: options.signal }),
  });
  options.signal?.throwIfAborted();

  const reports = await reportsOf(async () => {
    const own = await readReports(place.reports);
    if (!printed && written === undefined) return own;
    // Nothing else in there is asked for.
    const listing = [...own].filter(([name]) => name === declarations);
    if (printed) return new Map([...listing, ["output", printedReport(finished)]]);
    return new Map([...listing, ...(await readReportsIn(folder, written ?? ""))]);
  });
  const read = finished.timedOut
    ? stoppedResults(runner, reports, finished.output)
    : resultsOf(toolchain, runner, reports, finished);
  const tests = cleanResults(read ?? [], {
    ...{ inside: sandbox.inside(folder), redact },
    ...{ folder: toolchain.folder, tracked: options.tracked },
  });
  // A report that the command writes by itself need not be of what it prints.
  const said = toolchain.report === undefined ? finished.output : "";
  const { summary, touched } = witnessOf(runner, said, reports, tests);
  const problem = judgeRun({
    exitCode: finished.exitCode,
    timedOut: finished.timedOut,
    reported: reports === null || withoutDeclarations(reports).size > 0 || exitCodeOnly(toolchain),
    readable: read !== null,
    // 127: what a shell says of a command that it cannot find.
    missing: finished.exitCode === 127 || (runner.isMissing?.(finished) ?? false),
    foundNothing: runner.foundNothing?.(finished) ?? false,
    contradicted: touched || disagree(tests, summary),
    tests,
  });
  return {
    tree: options.tree,
    command: toolchain.test,
    tests: problem === "report-contradicted" ? [] : tests,
    exitCode: finished.exitCode,
    durationMs: finished.durationMs,
    output: cappedOutput(withoutMarks(finished.output), redact),
    ...(summary === null ? {} : { summary }),
    ...(problem === null ? {} : { problem }),
  };
}

/** The glob of reports that the command writes into the checkout, if it does: below its folder, whose name is no pattern. */
function writtenReport({ report, folder }: TestablePart, runner: TestRunner): string | undefined {
  const pattern = report ?? runner.writesInto;
  if (pattern === undefined || folder === "") return pattern;
  return `${folder.replaceAll(/[*?[{(]/g, "[$&]")}/${pattern}`;
}

/** A fresh folder for the reports, writable in there, and one with our small programs, which is not. */
async function reportPlace({ sandbox, scratch }: SuiteOptions, runner: TestRunner) {
  await mkdir(scratch, { recursive: true });
  const top = await mkdtemp(join(scratch, "suite-"));
  const reports = join(top, "reports");
  const programs = join(top, "programs");
  await mkdir(reports);
  await mkdir(programs);
  const texts = {
    ...runner.programs,
    ...(runner.lists === undefined ? {} : { [listingProgram]: runner.lists }),
  };
  for (const [name, text] of Object.entries(texts)) await writeFile(join(programs, name), text);
  await sandbox.adopt(reports);
  // Without a sandbox of its own kind nothing can be mounted: the same paths are used on both sides.
  const inside =
    sandbox.name === "none" ? { reports, programs } : { reports: "/reports", programs: "/programs" };
  return { reports, programs, inside };
}

const listingProgram = "declarations.sh";

/** The shell text that goes before the command where its runner does not name files. */
function listed({ lists }: TestRunner, { programs, reports }: ReportPlace): string {
  if (lists === undefined) return "";
  return `sh ${quoted(`${programs}/${listingProgram}`)} > ${quoted(`${reports}/${declarations}`)} 2>/dev/null; `;
}

/** Throws where only a part was kept: half a report would be a wrong one. */
function printedReport({ output, truncated }: Finished): string {
  if (truncated) throw new RangeError("more output than is kept");
  return output;
}

/** null: there is something, but it cannot be read. */
async function reportsOf(read: () => Promise<Reports>): Promise<Reports | null> {
  try {
    return await read();
  } catch {
    return null;
  }
}

function resultsOf(
  toolchain: TestablePart,
  runner: TestRunner,
  reports: Reports | null,
  { exitCode }: Finished,
): TestResult[] | null {
  if (reports === null) return null;
  try {
    const tests = runner.read(reports);
    if (tests.length > 0 || !exitCodeOnly(toolchain) || exitCode === null) return tests;
    return [{ name: toolchain.test, file: null, state: exitCode === 0 ? "passed" : "failed" }];
  } catch {
    // Whatever a parser throws on a hostile or broken report means the same.
    return null;
  }
}

/** A command of which nothing else may be known but whether it succeeded. */
function exitCodeOnly({ runner, report }: TestablePart): boolean {
  return (runner === null || runner === "command" || runner === "tap") && report === undefined;
}
