/**
 * `absent`: the test did not exist there, or the runner never reached it. `not-run`: its file was left out of that run,
 * since nothing that it depends on differs from the base.
 */
export type TestState = "passed" | "failed" | "skipped" | "absent" | "not-run";

/** What made a test fail, as far as its runner's words tell. `error`: anything that was thrown and is none of the others. */
export type FailureKind =
  | "assertion"
  | "missing-symbol"
  | "import-error"
  | "compile-error"
  | "timeout"
  | "crash"
  | "error";

/** One test in the three checkouts. */
export interface TestEvidence {
  readonly name: string;
  /** Path in the repository, where the runner says it. */
  readonly file: string | null;
  readonly base: TestState;
  readonly baseWithTests: TestState;
  readonly head: TestState;
  /** First lines of the failure at `head`, else at `baseWithTests`; redacted and capped. */
  readonly message?: string;
  /** What made it fail at `baseWithTests`, else at `head`. */
  readonly failure?: FailureKind;
  /** True where two runs of the same checkout said different things of it. Such a test proves nothing and breaks nothing. */
  readonly flaky?: boolean;
  /** The file in which the base had this test, where that is another one. */
  readonly movedFrom?: string;
}

/** One test of one suite run. */
export interface TestResult {
  readonly name: string;
  readonly file: string | null;
  readonly state: "passed" | "failed" | "skipped";
  readonly message?: string;
  /** `file`: stands for a whole file (or package) that could not be loaded, whose tests are therefore not listed. */
  readonly scope?: "file";
}

export type SuiteProblem =
  | "setup-failed"
  | "timeout"
  | "no-tests-ran"
  | "runner-failed"
  | "runner-missing"
  | "no-report"
  | "report-unreadable"
  | "report-contradicted";

/** What a runner says of its results at its end, beside its report. */
export interface RunSummary {
  /** So many tests have passed, or fewer; null: it does not say. */
  readonly passed: number | null;
  /** So many have failed, or more. */
  readonly failed: number;
  /** So many results there are of any kind, or fewer; absent: it does not say. */
  readonly results?: number;
  /** The most that any summary of the run says of failures, where it printed several. */
  readonly worst?: number;
}

/** One run of a repository's tests in one clean checkout. */
export interface SuiteRun {
  readonly tree: string;
  /** The command as a person would type it. */
  readonly command: string;
  readonly tests: readonly TestResult[];
  readonly exitCode: number | null;
  readonly durationMs: number;
  /** Capped, redacted. */
  readonly output: string;
  /** Absent: the runner says nothing of the kind, or did not come to its end. */
  readonly summary?: RunSummary;
  /** The files of tests that the run was limited to, where the whole suite takes too long. */
  readonly only?: readonly string[];
  /** When it was run, as an ISO date, where it was kept from another verification. */
  readonly keptSince?: string;
  /** Why the per-test results cannot be relied on, if they cannot. */
  readonly problem?: SuiteProblem;
  /** The folder in which `problem` was, where tests are run in several. */
  readonly problemIn?: string;
  /** Folders away from the change whose tests could not be run, so that none of them counts here. */
  readonly unusable?: readonly UnusableFolder[];
}

export interface UnusableFolder {
  /** Relative to the repository; "" for the root. */
  readonly folder: string;
  /** `not-run`: there was no time left for it. */
  readonly problem: SuiteProblem | "not-run";
}

export type Verdict = "verified" | "tests-pass" | "unverified" | "failed";

/** Why the verdict is what it is: a stable word, for `report/` to put into a sentence. */
export type VerdictReason =
  | "proved"
  | "no-new-test"
  | "new-test-not-run"
  | "new-test-passes-on-base"
  | "new-test-flaky"
  | "new-test-inseparable"
  | "no-test-command"
  | "suite-unusable"
  | "tests-broken"
  | "new-test-fails"
  | "still-red"
  | "nothing-changed"
  | "dependency-unknown"
  | "blocked-by-gate";

/** The gate of a finding about a path that drafts may change only because the repository allows it. */
export const protectedPath = "protected-path";

/** The gate of a finding about a dependency that its registry does not have. */
export const dependencyUnknown = "dependency-unknown";

/** The gate of the remark that the tests were run without dependencies that cannot be installed. */
export const notInstalled = "not-installed";

/** A gate's remark on the change. */
export interface Finding {
  readonly gate: string;
  readonly weight: "blocking" | "remark";
  readonly file: string;
  readonly line: number | null;
  /** The last line, where it is about several. */
  readonly endLine?: number;
  readonly reason: string;
  /** What the review says of the place, if it is the review's. */
  readonly review?: {
    readonly rule: string;
    /** A weakness by its number at https://cwe.mitre.org, e.g. 89. */
    readonly cwe: number;
    readonly severity: "high" | "medium" | "low";
    /** The same for the same code in the same file, wherever it stands; says nothing of what is in its strings. */
    readonly fingerprint: string;
  };
  /** What one of the repository's own linters says of the place, if it is a linter's. */
  readonly lint?: {
    readonly linter: string;
    readonly rule: string | null;
    readonly severity: "error" | "warning";
    /** The same for the same rule on the same text in the same file. */
    readonly fingerprint: string;
  };
}

/** How one of the repository's own linters ended. */
export interface LinterRun {
  readonly name: string;
  /** Where it ran, relative to the repository; "" for the root. */
  readonly folder: string;
  /**
   * `missing`: configured, but not installed where the tests run. `late`: there was no time left. `unusable`: it does not
   * run at the base either, or the base does not hold to it. `broken`: it no longer runs with the change.
   */
  readonly result: "compared" | "missing" | "late" | "unusable" | "broken";
  /** Complaints that the base has not. */
  readonly found: number;
}

export interface Verification {
  readonly verdict: Verdict;
  readonly reason: VerdictReason;
  /** What went wrong in a suite, if that is the reason. */
  readonly problem?: SuiteProblem;
  /** The tree that was proved; the published tree is this one. */
  readonly treeSha: string;
  readonly baseTreeSha: string;
  readonly tests: readonly TestEvidence[];
  readonly suites: {
    readonly base?: SuiteRun;
    readonly baseWithTests?: SuiteRun;
    readonly head?: SuiteRun;
  };
  readonly findings: readonly Finding[];
  /** The repository's own linters; absent: none was run. */
  readonly linters?: readonly LinterRun[];
  readonly setupCommand: string | null;
  readonly testCommand: string | null;
  readonly durationMs: number;
}
