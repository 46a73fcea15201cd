import type { SuiteProblem, Verdict, VerdictReason, Verification } from "../verify/types.ts";
import { causeSentence } from "./cause.ts";
import { code } from "./inert.ts";
import type { Draft } from "./outcome.ts";

/** The verdict as a person reads it: the first word of every title, comment and check run. */
export const verdictName: Record<Verdict, string> = {
  verified: "Verified",
  "tests-pass": "Tests pass",
  unverified: "Unverified",
  failed: "Failed",
};

const reasons: Record<VerdictReason, string> = {
  proved: "a test fails on the base, passes here, and nothing that passed before broke.",
  "no-new-test":
    "the suite is green, but the change adds no test that fails without it, so nothing proves it.",
  "new-test-not-run":
    "the suite is green, but the test command does not run the tests that the change adds or changes, so nothing proves it.",
  "new-test-passes-on-base":
    "the suite is green, but the new tests pass without the change too, so nothing proves it.",
  "new-test-flaky":
    "the suite is green, but what should prove the change fails and passes by chance, so nothing proves it.",
  "new-test-inseparable":
    "the suite is green, but the new tests stand in the new code itself and cannot be run without it.",
  "no-test-command":
    "no way to run tests was found in this repository; `test:` in `.github/firstdraft.yml` names one.",
  "suite-unusable": "the tests of this repository could not be run.",
  "tests-broken": "tests that passed before fail here.",
  "new-test-fails": "a new test does not pass.",
  "still-red": "the tests cannot be run with this change, though they can without it.",
  "nothing-changed": "the change is empty.",
  "dependency-unknown": "the change depends on a package that its registry does not have.",
  "blocked-by-gate": "the change makes tests weaker, so passing them proves nothing.",
};

const problems: Record<SuiteProblem, string> = {
  "setup-failed": "Installing the dependencies failed.",
  timeout: "The tests did not end within their time limit.",
  "no-tests-ran": "The test command ended without running a single test.",
  "runner-failed": "The test command's exit code contradicts its report.",
  "runner-missing": "A program that the test command calls is not installed where the tests are run.",
  "no-report": "The test command ended without a report of its tests.",
  "report-unreadable": "The test command's report could not be read.",
  "report-contradicted":
    "The report of the tests is not what their runner said at its end, so it is not believed.",
};

/** One sentence: the verdict and why. */
export function verdictSentence(verification: Verification): string {
  const why = reasons[verification.reason];
  const problem =
    verification.problem !== undefined
      ? ` ${problems[verification.problem]}${placeOf(verification)}`
      : verification.reason === "suite-unusable"
        ? " Not one of them passes, at the base or here."
        : "";
  return `**${verdictName[verification.verdict]}**: ${why}${problem}${causeSentence(verification)}`;
}

/** Where it went wrong, if tests are run in several folders. */
function placeOf({ problem, suites }: Verification): string {
  const suite = [suites.head, suites.baseWithTests, suites.base].find((run) => run?.problem === problem);
  if (suite?.problemIn === undefined) return "";
  return suite.problemIn === "" ? " That is so at the root." : ` That is so in ${code(suite.problemIn)}.`;
}

/** How the model's work ended and what that left, where the reader has to know; else null. */
export function endSentence({ end, summary }: Pick<Draft, "end" | "summary">): string | null {
  if (end.kind === "budget") {
    const left =
      summary === ""
        ? "The model had not said yet that it was done: what the issue asks for beyond this is left."
        : "Left is the correction that it was at work on, of what this draft's evidence and findings say.";
    return `The run stopped at its limit (${limitName[end.limit]}); this is the best state it had reached. ${left}`;
  }
  if (end.kind === "looping")
    return "The model repeated itself and was stopped; this is the state it had reached.";
  if (end.kind === "cut-off")
    return "The model's replies were cut off at their maximum length; this is the state it had reached.";
  if (end.kind === "malformed")
    return "The model made calls that could not be understood; this is the state it had reached.";
  if (end.kind === "unknown-stop")
    return "The model stopped for a reason this version does not know; this is the state it had reached.";
  return null;
}

/** What a run that was put back says when it goes on. `until`: ISO 8601. */
export function limitSentence(until: string): string {
  const minute = new Date(until).toISOString().slice(0, 16).replace("T", " ");
  return `GitHub's limit of requests was used up; the run waited for it until ${minute} UTC, as GitHub asked.`;
}

const limitName = { usd: "money", turns: "turns", minutes: "time", tokens: "tokens" } as const;
