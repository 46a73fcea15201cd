import { listFiles } from "../../workspace/list-files.ts";
import type { Repository } from "../../workspace/types.ts";
import { inFolder, isSetupOf, type Part, type TestPlan } from "../plan/plan.ts";
import type { FailedSetup } from "../prepare/prepare-checkout.ts";
import type { SuiteProblem, SuiteRun, UnusableFolder } from "../types.ts";
import { cappedOutput } from "./capped-output.ts";
import { runSuite, type SuiteOptions } from "./run-suite.ts";

export interface PartsOptions extends Omit<SuiteOptions, "toolchain" | "tracked"> {
  readonly repository: Repository;
  readonly plan: TestPlan;
  /** Setups that failed: what needs them is not run. */
  readonly without: readonly FailedSetup[];
}

interface PartRun {
  readonly part: Part;
  readonly run: SuiteRun;
  /** Whether it was not to be expected that it ends in what was left of the time. */
  readonly late: boolean;
}

/** Runs the parts of a plan one after the other, as far as the time goes. Their results are one suite. */
export async function runParts(options: PartsOptions): Promise<SuiteRun> {
  const { repository, tree, plan, testMs } = options;
  const tracked = new Set((await listFiles(repository, tree)).map(({ path }) => path));
  const ends = performance.now() + testMs;
  const done: PartRun[] = [];
  for (const part of plan.parts) {
    if (part.test === null) continue;
    const left = ends - performance.now();
    const toolchain = { ...part, test: part.test };
    const failed = options.without.find(({ setup }) => isSetupOf(setup, part));
    const run =
      failed !== undefined
        ? notRun(options, "setup-failed", failed.failed.output)
        : left > 0
          ? await runSuite({ ...options, toolchain, tracked, testMs: left })
          : notRun(options, "timeout");
    done.push({ part, run, late: run.problem === "timeout" && left < testMs / 2 });
  }
  const [only, ...others] = done;
  if (only !== undefined && others.length === 0) return { ...only.run, command: plan.test ?? "" };
  return merged(options, done);
}

function notRun({ tree }: PartsOptions, problem: SuiteProblem, output = ""): SuiteRun {
  return { tree, command: "", tests: [], exitCode: null, durationMs: 0, output, problem };
}

function merged({ tree, plan, redact }: PartsOptions, done: readonly PartRun[]): SuiteRun {
  // Half of the tests of a folder away from the change would look as if the others were gone.
  const usable = done.filter(({ part, run }) => part.near || run.problem === undefined);
  const tests = usable.flatMap(({ run }) => run.tests);
  const problems = done.flatMap(({ part: { near, folder }, run, late }) => {
    const problem = problemOf(run, tests.length);
    return problem === undefined ? [] : [{ near, folder, problem, late }];
  });
  // Whoever tampers with one part may have done so with all.
  const forged = problems.find(({ problem }) => problem === "report-contradicted");
  const first = forged ?? problems.find(({ near }) => near || tests.length === 0);
  const summary = summed(done.map(({ run }) => run.summary));
  const unusable = problems
    .filter(({ near }) => !near)
    .map(({ folder, problem, late }): UnusableFolder => ({ folder, problem: late ? "not-run" : problem }));
  return {
    tree,
    command: plan.test ?? "",
    tests,
    exitCode: done.map(({ run }) => run.exitCode).find((code) => code !== 0) ?? 0,
    durationMs: done.reduce((sum, { run }) => sum + run.durationMs, 0),
    ...(summary === undefined ? {} : { summary }),
    output: cappedOutput(done.map(outputOf).join("\n\n"), redact),
    ...(first === undefined ? {} : { problem: first.problem, problemIn: first.folder }),
    ...(unusable.length === 0 ? {} : { unusable }),
  };
}

/** What the runners of all parts say together, if each of them says it. */
function summed(summaries: readonly SuiteRun["summary"][]): SuiteRun["summary"] {
  const all = summaries.filter((summary) => summary !== undefined);
  if (all.length < summaries.length) return undefined;
  const sum = (counts: readonly (number | null)[]) =>
    counts.reduce<number | null>((a, b) => (a === null || b === null ? null : a + b), 0);
  return {
    passed: sum(all.map(({ passed }) => passed)),
    failed: all.reduce((count, { failed }) => count + failed, 0),
    worst: Math.max(0, ...all.map(({ worst = 0 }) => worst)),
  };
}

/** A part without tests is none where others have some. */
function problemOf({ problem }: SuiteRun, tests: number): SuiteProblem | undefined {
  return problem === "no-tests-ran" && tests > 0 ? undefined : problem;
}

function outputOf({ part, run }: PartRun): string {
  const end = run.problem === undefined ? `exit code ${run.exitCode}` : run.problem;
  return `$ ${inFolder(part.folder, part.test ?? "")}\n${run.output}\n(${end})`;
}
