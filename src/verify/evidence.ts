import { failureKind } from "./failure-kind.ts";
import type { SuiteProblem, SuiteRun, TestEvidence, TestResult, TestState } from "./types.ts";

/** The runs to compare. Without `base` there were no tests there. */
export interface Runs {
  readonly base?: SuiteRun;
  readonly baseWithTests?: SuiteRun;
  readonly head?: SuiteRun;
  /** The files of tests that were laid over the base. */
  readonly laid?: readonly string[];
  /** The tests of other files than those that the runs are limited to, which were added from a suite that was stopped. */
  readonly rest?: Rest;
  /** Further runs of the same checkouts, of all tests or of some: a test that does otherwise in one of them is flaky. */
  readonly again?: Partial<Record<"base" | "baseWithTests" | "head", readonly SuiteRun[]>>;
}

// With these the new tests stopped the suite as a whole, which is how a compiler or a loader fails them.
const stopped: ReadonlySet<SuiteProblem> = new Set(["runner-failed", "no-report", "timeout", "no-tests-ran"]);

export interface Rest {
  readonly count: number;
  /** Names of those that failed at the head once and could not be run again by themselves: they are not among the others. */
  readonly doubtful: readonly string[];
}

/** Whether the new tests kept the suite from running at all. */
export function isStopped(run: SuiteRun | undefined): boolean {
  return run?.problem !== undefined && stopped.has(run.problem);
}

/** Whether a compiler or a loader stopped it: none of the tests in the files that were laid over it could run. */
function doesNotCompile(run: SuiteRun | undefined): boolean {
  return (
    isStopped(run) && /^(missing-symbol|import-error|compile-error)$/.test(failureKind(run?.output ?? ""))
  );
}

/** Every test in the three checkouts, in the order of the head, then what only the base has. */
export function compareRuns(runs: Runs): TestEvidence[] {
  const { again = {} } = runs;
  const base = indexed([runs.base, ...(again.base ?? [])]);
  const middle = indexed([runs.baseWithTests, ...(again.baseWithTests ?? [])]);
  const head = indexed([runs.head, ...(again.head ?? [])]);
  // What only a later run tells of has no place beside the others: a command for some files may name tests otherwise.
  const keys = new Set([head, middle, base].flatMap(([first]) => [...(first?.tests.keys() ?? [])]));
  const baseIsFine = runs.base?.problem === undefined || runs.base.problem === "no-tests-ran";
  const uncompiled = new Set(doesNotCompile(runs.baseWithTests) ? runs.laid : []);
  const evidence: TestEvidence[] = [];
  for (const key of keys) {
    const any = [...head, ...middle, ...base]
      .map(({ tests }) => tests.get(key))
      .find((test) => test !== undefined);
    if (any === undefined) continue;
    const atBase = stateOn(base, key, any);
    const atHead = stateOn(head, key, any);
    const known = stateOn(middle, key, any);
    const isLaid = atBase.state === "absent" || uncompiled.has(any.file ?? "");
    const unloaded = known.state === "absent" && isLaid && baseIsFine && isStopped(runs.baseWithTests);
    const unknown =
      middle[0]?.tests.has(key) === true ? null : unknownState(runs.baseWithTests, any, atBase.state);
    const between = unloaded ? "failed" : (unknown ?? known.state);
    const one: TestEvidence = {
      name: any.name,
      file: any.file,
      base: atBase.state,
      baseWithTests: between,
      head: atHead.state,
      ...failureOf(key, any, { middle, head }, between, unloaded ? runs.baseWithTests : undefined),
      ...(atBase.flaky || known.flaky || atHead.flaky ? { flaky: true } : {}),
    };
    if (any.scope !== "file" || one.head === "failed") evidence.push(one);
  }
  return joinMoved(evidence);
}

interface Indexed {
  readonly tests: ReadonlyMap<string, TestResult>;
  /** Files that could not be loaded; "" is a report that broke off, of tests whose files are not named. */
  readonly broken: ReadonlyMap<string, TestResult>;
}

function indexed(runs: readonly (SuiteRun | undefined)[]): Indexed[] {
  return runs.flatMap((run) => {
    if (run === undefined) return [];
    const broken = run.tests.filter((test) => test.scope === "file" && test.state === "failed");
    return {
      tests: new Map(run.tests.map((test) => [keyOf(test), test])),
      broken: new Map(broken.map((test) => [test.file ?? "", test])),
    };
  });
}

function keyOf(test: TestResult): string {
  return `${test.file ?? ""}\0${test.name}`;
}

/** What the runs of one checkout say of a test: one that passed in any of them can pass. */
function stateOn(
  side: readonly Indexed[],
  key: string,
  test: TestResult,
): { state: TestState; flaky: boolean } {
  const states = side.map((run) => stateIn(run, key, test)).filter((state) => state !== "absent");
  const flaky = states.includes("passed") && states.includes("failed");
  return { state: flaky ? "passed" : (states[0] ?? "absent"), flaky };
}

/** A test of a file that could not be loaded has failed, though its name is nowhere. */
function stateIn(run: Indexed, key: string, test: TestResult): TestState {
  return run.tests.get(key)?.state ?? (brokenFile(run, test) === undefined ? "absent" : "failed");
}

function brokenFile(run: Indexed | undefined, test: TestResult): TestResult | undefined {
  return test.scope === "file" ? undefined : run?.broken.get(test.file ?? "");
}

/**
 * What a run is to say of a test that the base has and that it does not name: nothing, where it was not about that test's
 * file; that it did not come to it, where it broke off and no file is known. null: what the file's fate says.
 */
function unknownState(run: SuiteRun | undefined, { file }: TestResult, atBase: TestState): TestState | null {
  if (atBase === "absent") return null;
  if (run?.only !== undefined && !run.only.includes(file ?? "")) return "not-run";
  return file === null ? "absent" : null;
}

/** What was said where it failed, and what kind of failure that is: at the base with the new tests, else at the head. */
function failureOf(
  key: string,
  test: TestResult,
  {
    middle: [middle],
    head: [head],
  }: { readonly middle: readonly Indexed[]; readonly head: readonly Indexed[] },
  between: TestState,
  stoppedRun: SuiteRun | undefined,
): Pick<TestEvidence, "message" | "failure"> {
  const here = head?.tests.get(key)?.message ?? (head && brokenFile(head, test)?.message);
  const there = middle?.tests.get(key)?.message ?? brokenFile(middle, test)?.message;
  const message = here ?? there;
  const told = between === "failed" ? (there ?? stoppedRun?.output) : here;
  return {
    ...(message === undefined ? {} : { message }),
    ...(told === undefined ? {} : { failure: failureKind(told) }),
  };
}

/** A test that went to another file under its old name is the same test. */
function joinMoved(evidence: readonly TestEvidence[]): TestEvidence[] {
  const gone = evidence.filter((test) => test.base !== "absent" && test.head === "absent");
  const byName = Map.groupBy(gone, (test) => test.name);
  const joined = new Set<TestEvidence>();
  const result = evidence.map((test) => {
    const [old, ...others] = byName.get(test.name) ?? [];
    if (
      test.base !== "absent" ||
      test.head === "absent" ||
      old === undefined ||
      others.length > 0 ||
      joined.has(old)
    )
      return test;
    joined.add(old);
    return { ...test, base: old.base, ...(old.file === null ? {} : { movedFrom: old.file }) };
  });
  return result.filter((test) => !joined.has(test));
}
