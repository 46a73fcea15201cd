import type { Verdict, Verification } from "../verify/types.ts";
import { suiteLine } from "./figures.ts";
import { verdictName, verdictSentence } from "./sentences.ts";

/** A check run's words and colour: only what was proved is green. */
export interface CheckReport {
  readonly conclusion: "success" | "neutral" | "failure";
  readonly title: string;
  readonly summary: string;
}

const conclusions: Record<Verdict, CheckReport["conclusion"]> = {
  verified: "success",
  "tests-pass": "neutral",
  unverified: "neutral",
  failed: "failure",
};

/** The check run for one verification. */
export function checkReport(verification: Verification): CheckReport {
  const { base, head } = verification.suites;
  return {
    conclusion: conclusions[verification.verdict],
    title: verdictName[verification.verdict],
    summary: [
      verdictSentence(verification),
      `Suite at the base: ${suiteLine(base)}. Suite here: ${suiteLine(head)}.`,
      `Tree ${verification.treeSha}, from base tree ${verification.baseTreeSha}.`,
    ].join("\n\n"),
  };
}
