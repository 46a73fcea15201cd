import { setTimeout } from "node:timers/promises";
import { allSettled } from "./all-settled.ts";
import { baselineKey } from "./baselines.ts";
import { type Bench, openBench } from "./bench.ts";
import { compareRuns, isStopped, type Runs } from "./evidence.ts";
import type { Look } from "./look.ts";
import { narrowed } from "./narrow.ts";
import { believed } from "./suite/believed.ts";
import type { Toolchain } from "./toolchain.ts";
import type { SuiteRun, TestEvidence } from "./types.ts";
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

export type Sides = Record<Side["which"], Side>;

/** Files of tests that runs may be limited to. */
export interface Focus {
  /** Those that the change touches, if the base with the new tests differs from the base in nothing else; else none. */
  readonly touched: readonly string[];
  /** Those that matter most for the change. */
  readonly near: readonly string[];
}

/** Milliseconds of a base's suite from which it is worth running less than the whole between base and head. */
const defaultNarrowAfterMs = 15_000;

/**
 * The runs that prove a change. The whole suite is run at the base and at the head. In between it is run whole too where it
 * takes seconds; where it takes longer, and where that can be said, only the tests that the change touches, since all
 * others are the base's. Where the suite does not come to its end in time, the tests that matter most for the change are
 * run alone.
 */
export async function proofRuns(options: VerifyOptions, sides: Sides, focus: Focus): Promise<Runs> {
  const bench = openBench(options);
  const [middle, alike] = [sides.baseWithTests, sides.head].map((side) => narrowed(side, focus.touched));
  const differs =
    sides.baseWithTests.tree !== sides.base.tree && sides.baseWithTests.tree !== sides.head.tree;
  const narrow = middle && alike && differs ? { middle, alike } : undefined;
  const whole =
    (await compared(options, bench, sides, narrow)) ?? (await compared(options, bench, sides)) ?? {};
  if (whole.base?.problem !== "timeout") return whole;
  const [base, baseWithTests, head] = [sides.base, sides.baseWithTests, sides.head].map((side) =>
    narrowed(side, focus.near),
  );
  if (!base || !baseWithTests || !head) return whole;
  return (await compared(options, bench, { base, baseWithTests, head })) ?? whole;
}

/** The tests that the change touches alone: at the base with the new tests, and by the same command at the head. */
interface Narrow {
  readonly middle: Side;
  readonly alike: Side;
}

/**
 * The suite at the three sides, and again what would be believed too early: what fails at the head alone, what seems to
 * prove the change, what is red at the base. null: the narrow command does not work, not even at the head.
 */
async function compared(
  options: VerifyOptions,
  bench: Bench,
  sides: Sides,
  narrow?: Narrow,
): Promise<Runs | null> {
  const kept = await keptBaseline(options, sides.base);
  if (kept?.[0] !== undefined) bench.know(sides.base, kept[0]);
  const atBase = bench.run(sides.base);
  const less = narrow !== undefined && (await takesLong(atBase, options)) ? narrow : undefined;
  const between = less?.middle ?? sides.baseWithTests;
  const [base, baseWithTests, atHead] = await allSettled([
    atBase,
    bench.run(between),
    atBase.then((suite) => (isHopeless(suite) ? undefined : bench.run(sides.head))),
  ]);
  const head = believed(base, atHead);
  const first: Runs = { ...present({ base, baseWithTests, head }), again: { base: kept?.slice(1) ?? [] } };
  if (head === undefined || head.problem !== undefined) {
    if (kept !== null && head !== undefined)
      return { ...first, ...present({ base: await bench.again(sides.base) }) };
    if (kept === null) await keepBaseline(options, sides.base, [base]);
    return first;
  }
  const evidence = compareRuns(first);
  const proof = evidence.some((test) => test.baseWithTests === "failed" && test.head === "passed");
  // A result that was kept may be of another day: nothing is blamed by it alone.
  const blamed = kept !== null && evidence.some(({ base, head }) => base === "passed" && head !== "passed");
  const red = kept === null && base?.problem === undefined ? failedFiles(base) : [];
  const [baseAgain, middleAgain, headAgain, headAlike] = await allSettled([
    blamed ? bench.again(sides.base) : red.length > 0 ? bench.again(onlyIn(sides.base, red)) : undefined,
    proof && !isStopped(baseWithTests) ? bench.again(narrow?.middle ?? between) : undefined,
    evidence.some(needsSecondLook) ? bench.again(sides.head) : undefined,
    proof && less !== undefined ? bench.run(less.alike) : undefined,
  ]);
  if (less !== undefined && ((proof && !isUsable(headAlike)) || evidence.some(isStray))) return null;
  const newBase = blamed ? baseAgain : base;
  const bases = [newBase, ...(blamed ? [] : [...(kept?.slice(1) ?? []), baseAgain])];
  if (kept === null || blamed) await keepBaseline(options, sides.base, bases);
  return {
    ...present({ base: newBase, baseWithTests, head }),
    again: {
      base: runsIn(bases.slice(1)),
      baseWithTests: runsIn([middleAgain]),
      head: runsIn([believed(base, headAgain), headAlike]),
    },
  };
}

/** Whether a suite takes longer than it costs to run it whole once more; known after that time at the latest. */
async function takesLong(running: Promise<SuiteRun | undefined>, options: VerifyOptions): Promise<boolean> {
  const { narrowAfterMs = defaultNarrowAfterMs } = options;
  const waited = new AbortController();
  try {
    return await Promise.race([
      running.then((suite) => (suite?.durationMs ?? 0) >= narrowAfterMs),
      setTimeout(narrowAfterMs, true, { signal: waited.signal }),
    ]);
  } finally {
    waited.abort();
  }
}

async function keptBaseline(options: VerifyOptions, base: Side): Promise<readonly SuiteRun[] | null> {
  const key = baselineKey(base, options.limits.testMs, options.sandbox.name);
  return (await options.baselines?.read(key)) ?? null;
}

/** A base that could not be set up or read may do better next time; one that never ends will not. */
async function keepBaseline(options: VerifyOptions, base: Side, all: readonly (SuiteRun | undefined)[]) {
  const runs = runsIn(all);
  const { problem } = runs[0] ?? { problem: "no-report" };
  if (problem !== undefined && problem !== "timeout" && problem !== "no-tests-ran") return;
  const keptSince = new Date().toISOString();
  const key = baselineKey(base, options.limits.testMs, options.sandbox.name);
  await options.baselines?.write(
    key,
    runs.map((run) => ({ ...run, keptSince })),
  );
}

/** A base that cannot be installed or never ends: the head would only cost the same time again. */
function isHopeless(base: SuiteRun | undefined): boolean {
  return base?.problem === "setup-failed" || base?.problem === "timeout";
}

/** A failure is believed when it comes twice, unless the base had it too. */
const needsSecondLook = (test: TestEvidence) => test.head === "failed" && test.base !== "failed";

/** Known by that name to the base with the new tests alone: its command names tests otherwise than the whole suite's. */
const isStray = (test: TestEvidence) =>
  test.base === "absent" && test.baseWithTests === "failed" && test.head === "absent";

/** The files of tests that failed; an empty name for a test without one. */
function failedFiles(run: SuiteRun | undefined): string[] {
  const failed = run?.tests.filter(({ state }) => state === "failed") ?? [];
  return [...new Set(failed.map(({ file }) => file ?? ""))];
}

/** The side limited to `files`, where that can be said of all of them and is not a good share of the suite. */
function onlyIn(side: Side, files: readonly string[]): Side {
  const known = files.length <= 20 && files.every((file) => side.look.paths.includes(file));
  return (known ? narrowed(side, files) : null) ?? side;
}

const isUsable = (run: SuiteRun | undefined) => run !== undefined && run.problem === undefined;

const runsIn = (runs: readonly (SuiteRun | undefined)[]) => runs.filter((run) => run !== undefined);

function present<K extends string>(runs: Record<K, SuiteRun | undefined>): Partial<Record<K, SuiteRun>> {
  return Object.fromEntries(Object.entries(runs).filter(([, run]) => run !== undefined)) as Partial<
    Record<K, SuiteRun>
  >;
}
