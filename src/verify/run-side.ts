import { openCheckout } from "./open-checkout.ts";
import type { VerifyOptions } from "./options.ts";
import type { Side } from "./side.ts";
import type { SuiteRun } from "./types.ts";

/** The suite of one tree, from a clean checkout that is gone afterwards. */
export async function runSide(
  options: VerifyOptions,
  side: Pick<Side, "tree" | "only" | "toolchain">,
): Promise<SuiteRun> {
  await using checkout = await openCheckout(options, side);
  return await checkout.run(side);
}
