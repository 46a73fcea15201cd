import type { SuiteProblem, SuiteRun, Verification } from "../verify/types.ts";
import { code } from "./inert.ts";

// Here a program had something to say, and nothing else tells what.
const told: ReadonlySet<SuiteProblem> = new Set(["setup-failed", "no-report", "runner-missing"]);

/** How package managers, compilers and shells begin the line that says why they stop. */
const complaint =
  /^\s*(npm (ERR!|error) (?!code|errno|syscall|path|command|A complete log|For a full|Fix the|\S+$)\S|ERR_PNPM|\[?ERR_\w+|ERROR[: ]|error[: ]|fatal: |E: |(\w*Error|Caused by): |(sh|bash|\/\S+): .*not found)/;
const anyComplaint = /\b(not found|requires? at least|unsupported|cannot|could not|failed)\b/i;

/** What the program said that stopped the suite, as a sentence; "" where it is not known. */
export function causeSentence({ problem, suites }: Verification): string {
  if (problem === undefined || !told.has(problem)) return "";
  const run = [suites.base, suites.baseWithTests, suites.head].find((one) => one?.problem === problem);
  const line = run === undefined ? undefined : complaintIn(run);
  return line === undefined ? "" : ` It says: ${code(line, 200)}.`;
}

function complaintIn({ output }: SuiteRun): string | undefined {
  const lines = output.split("\n").filter((line) => line.trim() !== "");
  return lines.find((line) => complaint.test(line)) ?? lines.findLast((line) => anyComplaint.test(line));
}
