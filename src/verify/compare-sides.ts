import { setTimeout } from "node:timers/promises";
import { allSettled } from "./all-settled.ts";
import { keepBaseline, keptBaseline } from "./baselines.ts";
import type { Bench } from "./bench.ts";
import { compareRuns, isStopped, type Runs } from "./evidence.ts";
import { runsInOneProcess } from "./limit.ts";
import { narrowed } from "./narrow.ts";
import type { VerifyOptions } from "./options.ts";
import type { Side, Sides } from "./side.ts";
import { believed } from "./suite/believed.ts";
import type { SuiteRun, TestEvidence } from "./types.ts";

/** Milliseconds of a base's suite from which it is worth running less than the whole between base and head. */
const defaultNarrowAfterMs = 5_000;

/** The tests that the change touches alone: at the base with the new tests, and by the same command at the head. */
export interface Narrow {
  readonly middle: Side;
  readonly alike: Side;
}

/**
 * The suite at the three sides, and again what would be believed too early: what fails at the head alone, what seems to
 * prove the change, what is red at the base. null: the narrow command does not work, not even at the head.
 */
export async function compareSides(
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
  // One that costs the base no time is not kept waiting for its end.
  const beside = less !== undefined && !isHopeless(kept?.[0]) && runsInOneProcess(sides.head.toolchain);
  // Where what matters most has been built, the whole goes on from there.
  const atHeadToo = () => (less === undefined ? bench.run(sides.head) : bench.inPlace(sides.head));
  // In this order: what matters most for the change comes before all the rest of the head.
  const [base, baseWithTests, alike, atHead] = await allSettled([
    atBase,
    bench.run(between),
    less && bench.run(less.alike),
    beside ? atHeadToo() : atBase.then((suite) => (isHopeless(suite) ? undefined : atHeadToo())),
  ]);
  const head = believed(base, atHead, baseWithTests);
  const laid = { laid: between.laid ?? [] };
  const first: Runs = {
    ...laid,
    ...present({ base, baseWithTests, head }),
    again: { base: kept?.slice(1) ?? [] },
  };
  if (head === undefined || head.problem !== undefined) {
    // One that never ends would only take the same time again.
    if (kept !== null && head !== undefined && !isHopeless(base))
      return { ...first, ...present({ base: await bench.again(sides.base) }) };
    if (kept === null) await keepBaseline(options, sides.base, [base]);
    return first;
  }
  const evidence = compareRuns(first);
  const proof = evidence.some((test) => test.baseWithTests === "failed" && test.head === "passed");
  // Where it fails at the head as well, the command is at fault.
  const doubtful = proof || isStopped(baseWithTests);
  // A result that was kept may be of another day: nothing is blamed by it alone.
  const blamed = kept !== null && evidence.some(({ base, head }) => base === "passed" && head !== "passed");
  const red = kept === null && base?.problem === undefined ? failedFiles(base) : [];
  const [baseAgain, middleAgain] = await allSettled([
    blamed ? bench.again(sides.base) : red.length > 0 ? bench.again(onlyIn(sides.base, red)) : undefined,
    proof && !isStopped(baseWithTests) ? bench.inPlace(narrow?.middle ?? between) : undefined,
  ]);
  // With nothing of ours beside it: some tests measure time.
  const headAgain = evidence.some(needsSecondLook) ? await bench.again(sides.head) : undefined;
  if (less !== undefined && ((doubtful && !isUsable(alike)) || evidence.some(isStray))) return null;
  const newBase = blamed ? baseAgain : base;
  const bases = [newBase, ...(blamed ? [] : [...(kept?.slice(1) ?? []), baseAgain])];
  if (kept === null || blamed) await keepBaseline(options, sides.base, bases);
  // Without new tests it is the base itself.
  const middle = baseWithTests === base ? newBase : baseWithTests;
  return {
    ...laid,
    ...present({ base: newBase, baseWithTests: middle, head }),
    again: {
      base: runsIn(bases.slice(1)),
      baseWithTests: runsIn([middleAgain]),
      head: runsIn([believed(base, headAgain), doubtful ? alike : undefined]),
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
