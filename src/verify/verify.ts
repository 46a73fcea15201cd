import { changesBetween } from "../workspace/changes-between.ts";
import { allSettled } from "./all-settled.ts";
import { openBench } from "./bench.ts";
import { checkDependencies } from "./dependencies/check-dependencies.ts";
import { compareRuns } from "./evidence.ts";
import { findingsOn } from "./gates/index.ts";
import { uncoveredHunks } from "./hunks/uncovered-hunks.ts";
import { limitedSuite } from "./limited-suite.ts";
import { openSides } from "./open-sides.ts";
import type { VerifyOptions } from "./options.ts";
import { withoutUnusable } from "./plan/unusable-parts.ts";
import { type SetupNotes, setupFindings } from "./prepare/setup-notes.ts";
import { proofRuns } from "./proof-runs.ts";
import type { Verification } from "./types.ts";
import { decide } from "./verdict.ts";

/**
 * Proves or disproves a change by the repository's own tests, run from clean checkouts of the base, the base with the new
 * tests, and the head. Throws only where the machine or the sandbox fails, or when `signal` ends it.
 */
export async function verify(asked: VerifyOptions): Promise<Verification> {
  const started = performance.now();
  const notes: SetupNotes[] = [];
  const options: VerifyOptions = { ...asked, noteSetup: (note) => notes.push(note) };
  const { repository, baseTree, headTree } = options;
  const changes = await changesBetween(repository, baseTree, headTree);
  const { sides, sources, focus } = await openSides(options, changes);
  const looks = { base: sides.base.look, head: sides.head.look };

  await using bench = openBench(options, sides.head.toolchain);
  const nothing = { runs: {}, sides, left: [] };
  const proving = changes.length === 0 ? Promise.resolve(nothing) : proofRuns(options, bench, sides, focus);
  // Registries are asked meanwhile.
  const asking = checkDependencies(options, looks, changes);
  await allSettled<unknown>([proving, asking]);
  const proof = await proving;
  const { base, head } = proof.sides;
  const { runs, left } = withoutUnusable(proof.runs);
  const tests = compareRuns(runs);
  const ran = runs.head !== undefined && runs.head.problem === undefined;
  const remarks = await findingsOn({
    // Of a suite that did not come to its end nobody knows which of its tests are gone.
    ...{ ...looks, changes, tests: ran ? tests : [], testGlobs: options.config.tests },
    ...(options.issueText === undefined ? {} : { issueText: options.issueText }),
    ...(options.limits.lines === undefined ? {} : { maxLines: options.limits.lines }),
  });
  const limited = limitedSuite(runs, head.look, options.limits);
  const setup = setupFindings(notes, options.redact);
  const findings = [...(await asking), ...setup, ...remarks, ...limited, ...proof.left, ...left];
  const { again: _, laid: __, rest: ___, ...suites } = runs;
  const facts = { changed: changes.length > 0, testCommand: head.toolchain.test !== null, tests, findings };
  const decision = decide({ ...facts, ...suites });
  const proved = decision.verdict === "verified" && runs.head !== undefined;
  const hunks = { sources, looks, head, headRun: runs.head, tests, near: focus.near };
  const uncovered = proved ? await uncoveredHunks(options, bench, hunks) : [];
  return {
    ...decision,
    treeSha: headTree,
    baseTreeSha: baseTree,
    tests,
    suites,
    findings: [...findings, ...uncovered],
    setupCommand: head.toolchain.setup,
    testCommand: head.toolchain.test ?? base.toolchain.test,
    durationMs: performance.now() - started,
  };
}
