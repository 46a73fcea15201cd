import { addRest } from "./add-rest.ts";
import type { Bench } from "./bench.ts";
import { compareSides } from "./compare-sides.ts";
import type { Runs } from "./evidence.ts";
import { narrowed } from "./narrow.ts";
import { neededBuild, needsBuild, withBuild } from "./needs-build.ts";
import type { VerifyOptions } from "./options.ts";
import type { Focus, Sides } from "./side.ts";
import type { Finding, SuiteRun } from "./types.ts";
import { buildable } from "./unbuilt.ts";
import { uninstalled, uninstalledRemark } from "./uninstalled.ts";

export interface Proof {
  readonly runs: Runs;
  /** The sides as they were run. */
  readonly sides: Sides;
  /** Remarks on what was done without. */
  readonly left: readonly Finding[];
}

/**
 * The runs that prove a change. The whole suite is run at the base and at the head. In between it is run whole too where it
 * takes seconds; where it takes longer, and where that can be said, only the tests that the change touches, since all
 * others are the base's. Where the suite does not come to its end in time, the tests that matter most for the change are
 * run alone, and what the whole one came to at both sides is added. Where the base cannot be installed, and some of its
 * tests pass all the same, all sides are tested with what is there.
 */
export async function proofRuns(
  options: VerifyOptions,
  bench: Bench,
  asked: Sides,
  focus: Focus,
): Promise<Proof> {
  const proof = await builtProof(options, bench, asked, focus);
  const { base } = proof.runs;
  const bare = uninstalled(options, asked, base);
  if (bare === null || base === undefined) return proof;
  const other = await builtProof(options, bench, bare, focus);
  return isUsable(other.runs.base) ? { ...other, left: [uninstalledRemark(base), ...other.left] } : proof;
}

function isUsable(run: SuiteRun | undefined): boolean {
  return run?.problem === undefined && run?.tests.some(({ state }) => state === "passed") === true;
}

/** As it is first; where files were missing that a build makes, all sides once more after it. */
async function builtProof(options: VerifyOptions, bench: Bench, asked: Sides, focus: Focus): Promise<Proof> {
  const built = withBuild(asked);
  const of = async (sides: Sides, left: Proof["left"] = []) => {
    return { runs: await runsOf(options, bench, sides, focus), sides, left };
  };
  if (built !== null && (await neededBuild(options, asked.base, built.base))) return of(built);
  const { sides, left } = await buildable(options, bench, asked);
  const proof = await of(sides, left);
  const isMissing = built !== null && (await needsBuild(bench, proof.runs.base, built.base));
  return isMissing ? of(built) : proof;
}

async function runsOf(options: VerifyOptions, bench: Bench, sides: Sides, focus: Focus): Promise<Runs> {
  const [middle, alike] = [sides.baseWithTests, sides.head].map((side) => narrowed(side, focus.touched));
  const differs =
    sides.baseWithTests.tree !== sides.base.tree && sides.baseWithTests.tree !== sides.head.tree;
  const narrow = middle && alike && differs ? { middle, alike } : undefined;
  const whole =
    (await compareSides(options, bench, sides, narrow)) ?? (await compareSides(options, bench, sides)) ?? {};
  if (whole.base?.problem !== "timeout") return whole;
  for (const files of [focus.near, focus.touched]) {
    const [base, baseWithTests, head] = [sides.base, sides.baseWithTests, sides.head].map((side) =>
      narrowed(side, files),
    );
    if (!base || !baseWithTests || !head) continue;
    const runs = await compareSides(options, bench, { base, baseWithTests, head });
    // A command that does not know these files says nothing of the tests.
    const problem = runs?.base?.problem;
    if (runs !== null && (problem === undefined || problem === "no-tests-ran"))
      return addRest(bench, sides, whole, runs);
  }
  return whole;
}
