import { failureKind } from "./failure-kind.ts";
import {
  dependencyUnknown,
  type Finding,
  notInstalled,
  type SuiteProblem,
  type SuiteRun,
  type TestEvidence,
  type Verdict,
  type VerdictReason,
} from "./types.ts";

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

/** How much a verdict is worth, of two: the higher. */
export const worth: Readonly<Record<Verdict, number>> = {
  verified: 3,
  "tests-pass": 2,
  unverified: 1,
  failed: 0,
};

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
  // What is missing on this machine is not the change's fault, nor is it known what else would fail.
  const bare = findings.some(({ gate }) => gate === notInstalled);
  const excused = ({ message = "" }: TestEvidence) => bare && failureKind(message) === "import-error";
  const broken = tests.filter(isBroken);
  if (!broken.every(excused)) return { verdict: "failed", reason: "tests-broken" };
  const failing = tests.filter((test) => isNew(test) && test.head === "failed");
  if (!failing.every(excused)) return { verdict: "failed", reason: "new-test-fails" };
  if (broken.length + failing.length > 0)
    return blocked(findings) ?? { verdict: "unverified", reason: "suite-unusable", problem: "setup-failed" };
  // Red everywhere, as where not one file of them could be loaded: "nothing broke" would be said of nothing.
  if (tests.length > 0 && !tests.some((test) => test.head === "passed")) {
    return blocked(findings) ?? { verdict: "unverified", reason: "suite-unusable" };
  }
  return blocked(findings) ?? proofIn(facts);
}

/**
 * Whether `test`, as the change has it, shows that the change does something: it fails without it and passes with it.
 * An old test that was given a new expectation counts too; that it was changed is a remark of its own.
 */
export function proves(test: TestEvidence): boolean {
  return seemsToProve(test) && test.flaky !== true;
}

/** Whether `test` passed before and fails with the change, and not by chance. */
export function isBroken(test: TestEvidence): boolean {
  return test.base === "passed" && test.head === "failed" && test.flaky !== true;
}

/** Where it was left out of the base with the new tests, it is there what it is at the base. */
function seemsToProve({ base, baseWithTests, head }: TestEvidence): boolean {
  return head === "passed" && (baseWithTests === "not-run" ? base : baseWithTests) === "failed";
}

function proofIn({ tests, findings }: Facts): Decision {
  if (tests.some(proves)) return { verdict: "verified", reason: "proved" };
  const fresh = tests.filter((test) => isNew(test) && test.head === "passed");
  const reason = tests.some((test) => test.flaky === true && (seemsToProve(test) || isNew(test)))
    ? "new-test-flaky"
    : fresh.some((test) => test.baseWithTests === "passed")
      ? "new-test-passes-on-base"
      : fresh.length > 0
        ? "new-test-inseparable"
        : findings.some(({ gate }) => gate === "tests-not-run")
          ? "new-test-not-run"
          : "no-new-test";
  return { verdict: "tests-pass", reason };
}

function blocked(findings: readonly Finding[]): Decision | null {
  const blocks = findings.filter((finding) => finding.weight === "blocking");
  if (blocks.length === 0) return null;
  const onlyUnknown = blocks.every(({ gate }) => gate === dependencyUnknown);
  return { verdict: "failed", reason: onlyUnknown ? dependencyUnknown : "blocked-by-gate" };
}

function isNew(test: TestEvidence): boolean {
  return test.base === "absent";
}
