import { review } from "../review/review.ts";
import type { VerifyOptions } from "../verify/options.ts";
import type { Verification } from "../verify/types.ts";
import { verify } from "../verify/verify.ts";

/** The proof of a change, and among its findings what the review of the added lines says: the verdict is the proof's alone. */
export async function prove(options: VerifyOptions): Promise<Verification> {
  const [verification, reviewed] = await Promise.all([verify(options), review(options)]);
  return { ...verification, findings: [...verification.findings, ...reviewed] };
}
