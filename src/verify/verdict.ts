import type { Finding, SuiteProblem, SuiteRun, TestEvidence, Verdict, VerdictReason } from "./types.ts";

export interface Facts {
  readonly changed: boolean;
  /** Whether the head says how to run its tests. */
  readonly testCommand: boolean;
  /** Absent: the base has no tests at all. */
  readonly base?: SuiteRun;
  /** Absent: not run, because the base is unusable or the head has no test command. */
  readonly head?: SuiteRun;
  readonly tests: readonly TestEvidence[];
  readonly findings: readonly Finding[];
}

export interface Decision {
  readonly verdict: Verdict;
  readonly reason: VerdictReason;
  readonly problem?: SuiteProblem;
}

/** The verdict, by rules that are asked one after the other: the first that applies says why. */
export function decide(facts: Facts): Decision {
  const { base, head, tests, findings } = facts;
  const baseHadTests = base !== undefined && base.problem !== "no-tests-ran";
  if (!facts.changed) return { verdict: "failed", reason: "nothing-changed" };
  if (!facts.testCommand && !baseHadTests)
    return blocked(findings) ?? { verdict: "unverified", reason: "no-test-command" };
  if (baseHadTests && base.problem !== undefined) {
    return blocked(findings) ?? { verdict: "unverified", reason: "suite-unusable", problem: base.problem };
  }
  if (head?.problem !== undefined || head === undefined) {
    const problem = head?.problem ?? "no-tests-ran";
    if (problem !== "no-tests-ran" || baseHadTests)
      return { verdict: "failed", reason: "still-red", problem };
    return blocked(findings) ?? { verdict: "unverified", reason: "suite-unusable", problem };
  }
  if (tests.some((test) => test.base === "passed" && test.head === "failed")) {
    return { verdict: "failed", reason: "tests-broken" };
  }
  if (tests.some((test) => isNew(test) && test.head === "failed"))
    return { verdict: "failed", reason: "new-test-fails" };
  // Red everywhere, as where not one file of them could be loaded: "nothing broke" would be said of nothing.
  if (tests.length > 0 && !tests.some((test) => test.head === "passed")) {
    return blocked(findings) ?? { verdict: "unverified", reason: "suite-unusable" };
  }
  return blocked(findings) ?? proofIn(tests);
}

/**
 * Whether `test`, as the change has it, shows that the change does something: it fails without it and passes with it.
 * An old test that was given a new expectation counts too; that it was changed is a remark of its own.
 */
export function proves(test: TestEvidence): boolean {
  return test.baseWithTests === "failed" && test.head === "passed" && test.flaky !== true;
}

function proofIn(tests: readonly TestEvidence[]): Decision {
  if (tests.some(proves)) return { verdict: "verified", reason: "proved" };
  const passesOnBase = tests.some(
    (test) => isNew(test) && test.head === "passed" && test.baseWithTests === "passed",
  );
  return { verdict: "tests-pass", reason: passesOnBase ? "new-test-passes-on-base" : "no-new-test" };
}

function blocked(findings: readonly Finding[]): Decision | null {
  const blocks = findings.some((finding) => finding.weight === "blocking");
  return blocks ? { verdict: "failed", reason: "blocked-by-gate" } : null;
}

function isNew(test: TestEvidence): boolean {
  return test.base === "absent";
}
