import type { SuiteProblem, SuiteRun, TestEvidence, TestResult, TestState } from "./types.ts";

/** The runs to compare. Without `base` there were no tests there. */
export interface Runs {
  readonly base?: SuiteRun;
  readonly baseWithTests?: SuiteRun;
  readonly head?: SuiteRun;
  /** The second run of the base with the new tests, if a test that passes on both sides of it failed in the first. */
  readonly baseWithTestsAgain?: SuiteRun;
  /** The second run of the head, if some test failed in the first. */
  readonly headAgain?: SuiteRun;
}

// With these the new tests stopped the suite as a whole, which is how a compiler or a loader fails them.
const stopped: ReadonlySet<SuiteProblem> = new Set(["runner-failed", "no-report", "timeout", "no-tests-ran"]);

/** Every test in the three checkouts, in the order of the head, then what only the base has. */
export function compareRuns(runs: Runs): TestEvidence[] {
  const [base, middle, head] = [runs.base, runs.baseWithTests, runs.head].map(indexed);
  const [middleAgain, again] = [runs.baseWithTestsAgain, runs.headAgain].map(indexed);
  const keys = new Set([head, middle, base].flatMap((run) => [...(run?.tests.keys() ?? [])]));
  const baseIsFine = runs.base?.problem === undefined || runs.base.problem === "no-tests-ran";
  const evidence: TestEvidence[] = [];
  for (const key of keys) {
    const any = head?.tests.get(key) ?? middle?.tests.get(key) ?? base?.tests.get(key);
    if (any === undefined) continue;
    const atHead = stateIn(head, key, any);
    const flaky = atHead === "failed" && stateIn(again, key, any) === "passed";
    const atBase = stateIn(base, key, any);
    const first = stateIn(middle, key, any);
    const recovered = first === "failed" && stateIn(middleAgain, key, any) === "passed";
    const known = recovered ? "passed" : first;
    const unloaded = known === "absent" && atBase === "absent" && baseIsFine && isStopped(runs.baseWithTests);
    const failure = head?.tests.get(key) ?? middle?.tests.get(key);
    const message = failure?.message ?? middle?.tests.get(key)?.message ?? brokenFile(middle, any)?.message;
    const one: TestEvidence = {
      name: any.name,
      file: any.file,
      base: atBase,
      baseWithTests: unloaded ? "failed" : known,
      head: flaky ? "passed" : atHead,
      ...(message === undefined ? {} : { message }),
      ...(flaky ? { flaky } : {}),
    };
    if (any.scope !== "file" || one.head === "failed") evidence.push(one);
  }
  return joinMoved(evidence);
}

interface Indexed {
  readonly tests: ReadonlyMap<string, TestResult>;
  /** Files that could not be loaded. */
  readonly broken: ReadonlyMap<string, TestResult>;
}

function indexed(run: SuiteRun | undefined): Indexed | undefined {
  if (run === undefined) return undefined;
  const broken = run.tests.filter((test) => test.scope === "file" && test.state === "failed");
  return {
    tests: new Map(run.tests.map((test) => [keyOf(test), test])),
    broken: new Map(broken.map((test) => [test.file ?? test.name, test])),
  };
}

function keyOf(test: TestResult): string {
  return `${test.file ?? ""}\0${test.name}`;
}

/** A test of a file that could not be loaded has failed, though its name is nowhere. */
function stateIn(run: Indexed | undefined, key: string, test: TestResult): TestState {
  return run?.tests.get(key)?.state ?? (brokenFile(run, test) === undefined ? "absent" : "failed");
}

function brokenFile(run: Indexed | undefined, test: TestResult): TestResult | undefined {
  return test.scope === "file" ? undefined : run?.broken.get(test.file ?? "");
}

function isStopped(run: SuiteRun | undefined): boolean {
  return run?.problem !== undefined && stopped.has(run.problem);
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
