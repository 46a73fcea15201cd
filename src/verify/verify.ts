import type { RepositoryConfig, RepositoryLimits } from "../config/types.ts";
import type { Emit } from "../log/events.ts";
import type { Sandbox } from "../sandbox/sandbox.ts";
import { changesBetween } from "../workspace/changes-between.ts";
import type { Repository } from "../workspace/types.ts";
import type { Baselines } from "./baselines.ts";
import { compareRuns, type Runs } from "./evidence.ts";
import { findingsOn } from "./gates/index.ts";
import { uncoveredHunks } from "./hunks/uncovered-hunks.ts";
import { openSides } from "./open-sides.ts";
import { withoutUnusable } from "./plan/unusable-parts.ts";
import { proofRuns } from "./proof-runs.ts";
import type { Finding, Verification } from "./types.ts";
import { decide } from "./verdict.ts";

export interface VerifyOptions {
  readonly repository: Repository;
  readonly baseTree: string;
  readonly headTree: string;
  readonly config: Pick<RepositoryConfig, "setup" | "test" | "report" | "network"> &
    Partial<Pick<RepositoryConfig, "tests">>;
  readonly sandbox: Sandbox;
  /** A folder of the controller's for checkouts, reports and installed dependencies; the same one in every round. */
  readonly scratch: string;
  /** Milliseconds for one run of the tests, and for installing dependencies. */
  readonly limits: {
    readonly testMs: number;
    readonly setupMs: number;
    /** For taking the change back hunk by hunk; absent or 0: not at all. */
    readonly hunkMs?: number;
    /** Lines, added and deleted, from which a change is said to be large; default 400. */
    readonly lines?: number;
  };
  /** Given to setup alone. */
  readonly setupEnv?: Readonly<Record<string, string>>;
  /** What was asked for, if it is known. */
  readonly issueText?: string;
  /** Removes secrets from every text that is kept. */
  readonly redact: (text: string) => string;
  readonly emit: Emit;
  readonly signal?: AbortSignal;
  /** Milliseconds of the base's suite from which less than the whole is run between base and head; default 15 s. */
  readonly narrowAfterMs?: number;
  /** Where suites of bases are kept. Absent: they are run anew. */
  readonly baselines?: Baselines;
}

/** What the configuration says, in milliseconds. */
export function verifyLimits({
  testMinutes,
  setupMinutes,
  hunkMinutes,
  lines,
}: Pick<
  Required<RepositoryLimits>,
  "testMinutes" | "setupMinutes" | "hunkMinutes" | "lines"
>): VerifyOptions["limits"] {
  return {
    testMs: testMinutes * 60_000,
    setupMs: setupMinutes * 60_000,
    hunkMs: hunkMinutes * 60_000,
    lines,
  };
}

/**
 * Proves or disproves a change by the repository's own tests, run from clean checkouts of the base, the base with the new
 * tests, and the head. Throws only where the machine or the sandbox fails, or when `signal` ends it.
 */
export async function verify(options: VerifyOptions): Promise<Verification> {
  const started = Date.now();
  const { repository, baseTree, headTree } = options;
  const changes = await changesBetween(repository, baseTree, headTree);
  const { sides, sources, focus } = await openSides(options, changes);
  const { base, head } = sides;
  const looks = { base: base.look, head: head.look };

  const all = changes.length === 0 ? {} : await proofRuns(options, sides, focus);
  const { runs, left } = withoutUnusable(all);
  const tests = compareRuns(runs);
  const ran = runs.head !== undefined && runs.head.problem === undefined;
  const remarks = await findingsOn({
    // Of a suite that did not come to its end nobody knows which of its tests are gone.
    ...{ ...looks, changes, tests: ran ? tests : [], testGlobs: options.config.tests },
    ...(options.issueText === undefined ? {} : { issueText: options.issueText }),
    ...(options.limits.lines === undefined ? {} : { maxLines: options.limits.lines }),
  });
  const findings = [...remarks, ...limitedSuite(runs, options), ...left];
  const { again: _, laid: __, ...suites } = runs;
  const facts = { changed: changes.length > 0, testCommand: head.toolchain.test !== null, tests, findings };
  const decision = decide({ ...facts, ...suites });
  const proved = decision.verdict === "verified" && runs.head !== undefined;
  const asked = { sources, looks, head, headRun: runs.head, tests, near: focus.near };
  const uncovered = proved ? await uncoveredHunks(options, asked) : [];
  return {
    ...decision,
    treeSha: headTree,
    baseTreeSha: baseTree,
    tests,
    suites,
    findings: [...findings, ...uncovered],
    setupCommand: head.toolchain.setup,
    testCommand: head.toolchain.test ?? base.toolchain.test,
    durationMs: Date.now() - started,
  };
}

/** Said wherever less than the whole suite was run. */
function limitedSuite({ head }: Runs, { limits }: VerifyOptions): Finding[] {
  if (head?.only === undefined) return [];
  const minutes = Math.round(limits.testMs / 6_000) / 10;
  const reason = `The whole suite did not end within ${minutes} minutes: only the tests in ${head.only.join(", ")} were run.`;
  return [{ gate: "suite-limited", weight: "remark", file: head.only[0] ?? "", line: null, reason }];
}
