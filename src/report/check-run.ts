import type { Verdict, Verification } from "../verify/types.ts";
import { graveLine } from "./grave.ts";
import { code } from "./inert.ts";
import { verdictName, verdictSentence } from "./sentences.ts";
import { flakyTests, redBefore, suiteFigures } from "./suites.ts";

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
  const { suites, tests, findings } = verification;
  const words = [graveLine(findings), redBefore(tests), flakyTests(tests, ({ name }) => code(name))];
  return {
    conclusion: conclusions[verification.verdict],
    title: verdictName[verification.verdict],
    summary: [
      verdictSentence(verification),
      `Suite at the base: ${suiteFigures(suites.base, tests, "base")}. Suite here: ${suiteFigures(suites.head, tests, "head")}.`,
      ...words.filter((sentence) => sentence !== null),
      `Tree ${verification.treeSha}, from base tree ${verification.baseTreeSha}.`,
    ].join("\n\n"),
  };
}
