import type { FileChange } from "../workspace/types.ts";
import { layTests } from "./lay-tests.ts";
import { lookAt } from "./look.ts";
import { testsFor, touchedTests } from "./narrow.ts";
import type { VerifyOptions } from "./options.ts";
import { findPlan } from "./plan/find-plan.ts";
import type { Focus, Side, Sides } from "./side.ts";
import { splitChange } from "./test-files.ts";

/** A change as it is to be proved. */
export interface Opened {
  readonly sides: Sides;
  /** The change without its tests. */
  readonly sources: readonly FileChange[];
  readonly focus: Focus;
}

/** Splits a change into tests and source, makes the base with the new tests, and finds out how each of the three is tested. */
export async function openSides(options: VerifyOptions, changes: readonly FileChange[]): Promise<Opened> {
  const { repository, baseTree, headTree, config } = options;
  const { tests, sources } = splitChange(changes, config.tests);
  const changed = changes.map(({ path }) => path);

  async function sideAt(which: Side["which"], tree: string): Promise<Side> {
    const look = await lookAt(repository, tree);
    return { which, tree, look, toolchain: await findPlan(look, config, changed) };
  }
  const base = await sideAt("base", baseTree);
  const head = await sideAt("head", headTree);
  const looks = { base: base.look, head: head.look };
  const laid = await layTests(repository, baseTree, looks, { tests, sources });
  const baseWithTests = {
    ...(await sideAt("baseWithTests", laid.tree)),
    laid: tests.map(({ path }) => path),
  };
  const focus = {
    touched: touchedTests({ tests, sources }, laid.inline),
    near: testsFor(changes, head.look.paths),
  };
  return { sides: { base, baseWithTests, head }, sources, focus };
}
