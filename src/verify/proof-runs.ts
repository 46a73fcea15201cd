import { addRest } from "./add-rest.ts";
import type { Bench } from "./bench.ts";
import { compareSides } from "./compare-sides.ts";
import type { Runs } from "./evidence.ts";
import { narrowed } from "./narrow.ts";
import type { VerifyOptions } from "./options.ts";
import type { Focus, Sides } from "./side.ts";
import type { Finding } from "./types.ts";
import { buildable } from "./unbuilt.ts";

export interface Proof {
  readonly runs: Runs;
  /** The sides as they were run. */
  readonly sides: Sides;
  readonly left: readonly Finding[];
}

/**
 * The runs that prove a change. The whole suite is run at the base and at the head. In between it is run whole too where it
 * takes seconds; where it takes longer, and where that can be said, only the tests that the change touches, since all
 * others are the base's. Where the suite does not come to its end in time, the tests that matter most for the change are
 * run alone, and what the whole one came to at both sides is added.
 */
export async function proofRuns(
  options: VerifyOptions,
  bench: Bench,
  asked: Sides,
  focus: Focus,
): Promise<Proof> {
  const { sides, left } = await buildable(options, bench, asked);
  return { runs: await runsOf(options, bench, sides, focus), sides, left };
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
    if (runs?.base?.problem !== "timeout") return runs === null ? whole : addRest(bench, sides, whole, runs);
  }
  return whole;
}
