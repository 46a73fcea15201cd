import type { FileChange } from "../../workspace/types.ts";
import { allSettled } from "../all-settled.ts";
import type { Bench } from "../bench.ts";
import { limit, suitesAtOnce } from "../limit.ts";
import type { Look } from "../look.ts";
import { narrowed } from "../narrow.ts";
import type { VerifyOptions } from "../options.ts";
import type { Side } from "../side.ts";
import type { Finding, SuiteRun, TestEvidence } from "../types.ts";
import { type SourceHunk, sourceHunks } from "./source-hunks.ts";
import { withoutHunk } from "./without-hunk.ts";

export interface Asked {
  /** The source part of the change. */
  readonly sources: readonly FileChange[];
  readonly looks: { readonly base: Look; readonly head: Look };
  readonly head: Side;
  /** The suite at the head. */
  readonly headRun: SuiteRun | undefined;
  readonly tests: readonly TestEvidence[];
  /** The files of tests that matter most for the change: they are asked first. */
  readonly near: readonly string[];
}

/** Whether a test fails without a hunk; `unasked`: none that was asked, and there was no time for the others. */
type Answer = "noticed" | "unnoticed" | "unasked" | "not-tried";

/**
 * Takes each hunk of the source change back by itself and runs the tests: what none of them notices is not covered by
 * any. Ends with the time for it (`limits.hunkMs`); what was not tried is said. One hunk alone is the whole change, and
 * its tests were run without it already.
 */
export async function uncoveredHunks(options: VerifyOptions, bench: Bench, asked: Asked): Promise<Finding[]> {
  const { hunkMs = 0 } = options.limits;
  const hunks = hunkMs === 0 ? [] : await sourceHunks(asked.sources, asked.looks);
  if (hunks.length < 2) return [];
  options.emit({ type: "step", step: "verifying", detail: `without each of ${hunks.length} hunks` });
  const deadline = performance.now() + hunkMs;
  const inTurn = limit(suitesAtOnce(options.sandbox, asked.head.toolchain));
  const answers = await allSettled(
    hunks.map((hunk) => inTurn(() => ask(options, bench, asked, hunk, deadline))),
  );
  const answeredBy = (answer: Answer) => hunks.filter((_, index) => answers[index] === answer);
  return [
    ...answeredBy("unnoticed").map((hunk) => finding("not-covered", hunk, noTest)),
    ...answeredBy("unasked").map((hunk) => finding("not-covered", hunk, noneOf(asked.near))),
    ...notTried(answeredBy("not-tried")),
  ];
}

const noTest = "Not covered by any test: all of them pass when this is taken back.";
const noneOf = (files: readonly string[]) =>
  `Not covered by the tests in ${files.join(", ")}: they pass when this is taken back, and there was no time for the others.`;

async function ask(
  options: VerifyOptions,
  bench: Bench,
  { head: whole, headRun, tests, near }: Asked,
  hunk: SourceHunk,
  deadline: number,
): Promise<Answer> {
  const left = () => deadline - performance.now();
  if (left() <= 0) return "not-tried";
  const some = narrowed(whole, near);
  // Where the whole suite does not end in time it is not asked.
  const sides = headRun?.only === undefined ? [some, whole] : [some];
  for (const side of sides.filter((one) => one !== null)) {
    // The whole suite takes about what it took at the head.
    if (side === whole && some !== null && left() < (headRun?.durationMs ?? 0) * 1.5) return "unasked";
    if (side.toolchain.test === null) continue;
    const testMs = Math.min(options.limits.testMs, left());
    if (testMs <= 0) return "not-tried";
    await using checkout = await withoutHunk(options, bench, whole, hunk);
    const run = await checkout.run(side, testMs);
    if (run.problem === "setup-failed") return "not-tried";
    if (run.problem === "timeout" && testMs < options.limits.testMs) return "not-tried";
    if (isNoticed(run, tests)) return "noticed";
  }
  return sides.includes(whole) ? "unnoticed" : "unasked";
}

/** A test fails that passes at the head, or the suite as a whole does. */
function isNoticed(run: SuiteRun, tests: readonly TestEvidence[]): boolean {
  if (run.problem !== undefined) return true;
  const excused = new Set(
    tests.filter(({ head, flaky }) => head === "failed" || flaky).map(({ file, name }) => `${file}\0${name}`),
  );
  return run.tests.some(({ state, file, name }) => state === "failed" && !excused.has(`${file}\0${name}`));
}

/** One for each file, since there may be many. */
function notTried(hunks: readonly SourceHunk[]): Finding[] {
  return [...Map.groupBy(hunks, ({ path }) => path).values()].map((all) => {
    const [first] = all;
    const { line, endLine } = first as SourceHunk;
    const places = all.map(({ line, endLine }) => (line === endLine ? `${line}` : `${line}–${endLine}`));
    const what = places.length === 1 && line === endLine ? "line" : "lines";
    return finding("not-tried", first as SourceHunk, `${untried} ${what} ${places.join(", ")}.`);
  });
}

const untried = "There was no time to try whether a test notices";

function finding(gate: string, { path, line, endLine }: SourceHunk, reason: string): Finding {
  const end = endLine === null ? {} : { endLine };
  return { gate, weight: "remark", file: path, line, ...end, reason };
}
