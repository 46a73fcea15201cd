import { findToolchain, type Given } from "./find-toolchain.ts";
import type { Look } from "./look.ts";
import { planOf, type TestPlan } from "./plan.ts";

/** How one tree is tested for a change to the files `changed`; null where no change is known yet. */
export async function findPlan(
  look: Look,
  given: Given,
  _changed: readonly string[] | null,
): Promise<TestPlan> {
  return planOf([{ ...(await findToolchain(look, given)), folder: "", setupFolder: "", near: true }]);
}
