import type { Finding } from "../verify/types.ts";

/** The review's findings of such a severity. */
export function reviewed(
  findings: readonly Finding[],
  ...severities: NonNullable<Finding["review"]>["severity"][]
): Finding[] {
  return findings.filter(({ review }) => review !== undefined && severities.includes(review.severity));
}
