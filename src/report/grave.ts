import { reviewed } from "../review/reviewed.ts";
import type { Finding } from "../verify/types.ts";
import { count } from "./figures.ts";

/** Beside the verdict, which is about tests alone: that the review has grave findings, or null. */
export function graveLine(findings: readonly Finding[]): string | null {
  const high = reviewed(findings, "high").length;
  return high === 0 ? null : `The review of the added lines has ${count(high, "finding")} of high severity.`;
}

/** The same as Markdown that stands out; "" where there is none. */
export function graveNotice(findings: readonly Finding[]): string {
  const line = graveLine(findings);
  return line === null ? "" : `> [!CAUTION]\n> ${line}`;
}
