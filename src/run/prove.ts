import { availableParallelism } from "node:os";
import { lint } from "../lint/lint.ts";
import { review } from "../review/review.ts";
import { allSettled } from "../verify/all-settled.ts";
import type { VerifyOptions } from "../verify/options.ts";
import type { Verification } from "../verify/types.ts";
import { verify } from "../verify/verify.ts";

/** Cores from which the linters run beside the tests: on fewer they would keep them waiting. */
const coresForBoth = 4;

/**
 * The proof of a change, and among its findings what the review of the added lines and the repository's own linters say:
 * the verdict is the proof's alone.
 */
export async function prove(options: VerifyOptions): Promise<Verification> {
  const verifying = verify(options);
  const reviewing = review(options);
  const linting =
    availableParallelism() >= coresForBoth ? lint(options) : verifying.then(() => lint(options));
  // None may still use the checkouts' folder when this has ended.
  await allSettled<unknown>([verifying, reviewing, linting]);
  const [verification, reviewed, { findings, linters }] = [await verifying, await reviewing, await linting];
  return {
    ...verification,
    findings: [...verification.findings, ...reviewed, ...findings],
    ...(linters.length === 0 ? {} : { linters }),
  };
}
