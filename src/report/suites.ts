import type { FailureKind, SuiteRun, TestEvidence, TestState } from "../verify/types.ts";
import { proves } from "../verify/verdict.ts";
import { count, suiteLine } from "./figures.ts";

const kinds: Record<FailureKind, string> = {
  assertion: "assertion",
  "missing-symbol": "missing symbol",
  "import-error": "import error",
  "compile-error": "compile error",
  timeout: "time limit",
  crash: "crash",
  error: "error",
};

type Side = "base" | "baseWithTests" | "head";

/** What a test did at one side: `passed`, `failed (assertion)`, or a dash where it was not run. */
export function stateWord(test: TestEvidence, side: Side): string {
  const state: TestState = test[side];
  if (state === "not-run") return "–";
  const explained = test.baseWithTests === "failed" ? "baseWithTests" : "head";
  return state === "failed" && side === explained && test.failure !== undefined
    ? `failed (${kinds[test.failure]})`
    : state;
}

/** A suite in figures, with how many of its tests were left out, and whether it was run for this change. */
export function suiteFigures(run: SuiteRun | undefined, tests: readonly TestEvidence[], side: Side): string {
  if (run === undefined) return suiteLine(run);
  const left = tests.filter((test) => test[side] === "not-run").length;
  const kept = run.keptSince === undefined ? "" : ` (run on ${run.keptSince.slice(0, 10)})`;
  return `${suiteLine(run)}${left === 0 ? "" : `, ${left} not run`}${kept}`;
}

/** Tests that a change is about: what they did is not the same everywhere, as far as they ran. The weightiest first. */
export function changedTests(tests: readonly TestEvidence[]): TestEvidence[] {
  const changed = tests.filter(({ base, baseWithTests, head }) => {
    const known = [base, baseWithTests, head].filter((state) => state !== "not-run");
    return new Set(known).size > 1;
  });
  return changed.sort((a, b) => weight(a) - weight(b));
}

function weight(test: TestEvidence): number {
  if (test.head === "failed" && test.base !== "failed") return 0;
  if (proves(test)) return 1;
  return test.head === "passed" ? 2 : 3;
}

/** One sentence for a suite that was red before the change, else null. */
export function redBefore(tests: readonly TestEvidence[]): string | null {
  const red = tests.filter((test) => test.base === "failed");
  if (red.length === 0) return null;
  const flaky = red.filter((test) => test.flaky === true).length;
  const steady = red.filter((test) => test.flaky !== true);
  const now = (state: TestState) => steady.filter((test) => test.head === state).length;
  const same = now("failed");
  const rest = [
    now("passed") > 0 && `${now("passed")} now ${now("passed") === 1 ? "passes" : "pass"}`,
    now("skipped") > 0 && `${now("skipped")} skipped now`,
    now("absent") > 0 && `${now("absent")} no longer there`,
    now("not-run") > 0 && `${now("not-run")} not run again`,
    flaky > 0 && `${flaky} flaky`,
  ].filter((part) => part !== false);
  const after =
    same === red.length ? `the same ${same} after` : [`${same} of them after`, ...rest].join(", ");
  return `The suite was red before this change: ${red.length} failed before, ${after}.`;
}

/** One sentence that names the flaky tests, else null. */
export function flakyTests(
  tests: readonly TestEvidence[],
  nameOf: (test: TestEvidence) => string,
): string | null {
  const flaky = tests.filter((test) => test.flaky === true);
  if (flaky.length === 0) return null;
  const named = flaky.slice(0, 5).map(nameOf);
  const more = flaky.length > named.length ? ` and ${count(flaky.length - named.length, "more test")}` : "";
  return `Flaky, so they prove nothing and break nothing: ${named.join(", ")}${more}.`;
}
