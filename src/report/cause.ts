import { complaintIn } from "../verify/complaint.ts";
import type { SuiteProblem, Verification } from "../verify/types.ts";
import { code } from "./inert.ts";

// Here a program had something to say, and nothing else tells what.
const told: ReadonlySet<SuiteProblem> = new Set(["setup-failed", "no-report", "runner-missing"]);

/** What the program said that stopped the suite, or all of its tests, as a sentence; "" where it is not known. */
export function causeSentence({ reason, problem, suites }: Verification): string {
  const allFail = problem === undefined && reason === "suite-unusable";
  if (!allFail && (problem === undefined || !told.has(problem))) return "";
  const run = [suites.base, suites.baseWithTests, suites.head].find((one) => one?.problem === problem);
  const line = run === undefined ? undefined : complaintIn(run.output);
  return line === undefined ? "" : ` It says: ${code(line, 200)}.`;
}
