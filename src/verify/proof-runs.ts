import type { FileChange } from "../workspace/types.ts";
import { compareRuns, type Runs } from "./evidence.ts";
import { limit } from "./limit.ts";
import type { Look } from "./look.ts";
import { narrowed, testsFor } from "./narrow.ts";
import { runSide } from "./run-side.ts";
import type { Toolchain } from "./toolchain.ts";
import type { SuiteRun } from "./types.ts";
import type { VerifyOptions } from "./verify.ts";

/** One of the three trees, and how it is tested. */
export interface Side {
  readonly which: "base" | "baseWithTests" | "head";
  readonly tree: string;
  readonly look: Look;
  readonly toolchain: Toolchain;
  /** The files of tests that its command is limited to. */
  readonly only?: readonly string[];
}

type Sides = Record<Side["which"], Side>;

/**
 * The runs that prove a change: of the whole suite or, where the base does not come to its end in time, of the tests that
 * matter most for the change.
 */
export async function proofRuns(
  options: VerifyOptions,
  sides: Sides,
  changes: readonly FileChange[],
): Promise<Runs> {
  const known = options.baseline;
  const whole = known?.only === undefined ? await runsOf(options, sides) : null;
  if (whole !== null && whole.base?.problem !== "timeout") return whole;
  const files = testsFor(changes, sides.head.look.paths);
  const [base, baseWithTests, head] = [sides.base, sides.baseWithTests, sides.head].map((side) =>
    files.length === 0 ? null : narrowed(side, files),
  );
  if (!base || !baseWithTests || !head) return whole ?? (await runsOf(withoutBaseline(options), sides));
  const same = known?.only !== undefined && known.command === base.toolchain.test;
  return runsOf(same ? options : withoutBaseline(options), { base, baseWithTests, head });
}

function withoutBaseline({ baseline: _, ...options }: VerifyOptions): VerifyOptions {
  return options;
}

/**
 * The suite at the base, the base with the new tests, and the head, two at a time; the same tree is not run twice, but
 * for a head in which something failed that did not fail before.
 */
async function runsOf(options: VerifyOptions, sides: Sides): Promise<Runs> {
  // Without a sandbox of their own, two suites could meet on a port.
  const inTurn = limit(options.sandbox.name === "none" ? 1 : 2);
  const byTree = new Map<string, Promise<SuiteRun>>();
  if (options.baseline !== undefined) byTree.set(sides.base.tree, Promise.resolve(options.baseline));

  async function run(side: Side): Promise<SuiteRun | undefined> {
    const { toolchain, tree } = side;
    if (toolchain.test === null) return undefined;
    const testable = { ...toolchain, test: toolchain.test };
    const known = byTree.get(tree) ?? inTurn(() => runSide(options, side, testable));
    byTree.set(tree, known);
    const suite = await known;
    tell(options, side, suite);
    return suite;
  }

  const atBase = run(sides.base);
  const [base, baseWithTests, head] = await allSettled([
    atBase,
    run(sides.baseWithTests),
    atBase.then((suite) => (isHopeless(suite) ? undefined : run(sides.head))),
  ]);
  const runs = present({ base, baseWithTests, head });
  if (head?.problem !== undefined) return runs;
  const again = (side: Side, needed: boolean) => {
    if (!needed) return undefined;
    byTree.delete(side.tree);
    return run(side);
  };
  const [baseWithTestsAgain, headAgain] = await allSettled([
    Promise.resolve(again(sides.baseWithTests, mayBeFlukes(runs))),
    Promise.resolve(again(sides.head, needsSecondLook(runs))),
  ]);
  return { ...runs, ...present({ baseWithTestsAgain, headAgain }) };
}

/** An old test that fails only between two runs in which it passes: a new expectation, or chance. */
function mayBeFlukes(runs: Runs): boolean {
  return compareRuns(runs).some(
    (test) => test.base === "passed" && test.baseWithTests === "failed" && test.head === "passed",
  );
}

/** A base that cannot be installed or never ends: the head would only cost the same time again. */
function isHopeless(base: SuiteRun | undefined): boolean {
  return base?.problem === "setup-failed" || base?.problem === "timeout";
}

/** A failure is believed when it comes twice, unless the base had it too. */
function needsSecondLook(runs: Runs): boolean {
  return compareRuns(runs).some((test) => test.head === "failed" && test.base !== "failed");
}

function tell({ emit }: VerifyOptions, { which }: Side, { tests }: SuiteRun): void {
  const count = (state: string) => tests.filter((test) => test.state === state).length;
  emit({ type: "suite", which, passed: count("passed"), failed: count("failed") });
}

/** Waits for all of them even if one throws: none may still use a folder afterwards. */
async function allSettled<T>(work: readonly Promise<T>[]): Promise<T[]> {
  await Promise.allSettled(work);
  return Promise.all(work);
}

function present<K extends string>(runs: Record<K, SuiteRun | undefined>): Partial<Record<K, SuiteRun>> {
  return Object.fromEntries(Object.entries(runs).filter(([, run]) => run !== undefined)) as Partial<
    Record<K, SuiteRun>
  >;
}
