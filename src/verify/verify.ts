import type { RepositoryConfig, RepositoryLimits } from "../config/types.ts";
import type { Emit } from "../log/events.ts";
import type { Sandbox } from "../sandbox/sandbox.ts";
import { changesBetween } from "../workspace/changes-between.ts";
import type { Repository } from "../workspace/types.ts";
import type { Baselines } from "./baselines.ts";
import { compareRuns, type Runs } from "./evidence.ts";
import { findingsOn } from "./gates/index.ts";
import { uncoveredHunks } from "./hunks/uncovered-hunks.ts";
import { layTests } from "./lay-tests.ts";
import { lookAt } from "./look.ts";
import { testsFor, touchedTests } from "./narrow.ts";
import { findPlan } from "./plan/find-plan.ts";
import { withoutUnusable } from "./plan/unusable-parts.ts";
import { proofRuns, type Side } from "./proof-runs.ts";
import { splitChange } from "./test-files.ts";
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
  };
  /** Given to setup alone. */
  readonly setupEnv?: Readonly<Record<string, string>>;
  /** Removes secrets from every text that is kept. */
  readonly redact: (text: string) => string;
  readonly emit: Emit;
  readonly signal?: AbortSignal;
  /** Milliseconds of the base's suite from which less than the whole is run between base and head; default 15 s. */
  readonly narrowAfterMs?: number;
  /** Where suites of bases are kept. Absent: they are run anew. */
  readonly baselines?: Baselines;
}

/** What the configuration says in minutes. */
export function verifyLimits({
  testMinutes,
  setupMinutes,
  hunkMinutes,
}: Pick<
  Required<RepositoryLimits>,
  "testMinutes" | "setupMinutes" | "hunkMinutes"
>): VerifyOptions["limits"] {
  return { testMs: testMinutes * 60_000, setupMs: setupMinutes * 60_000, hunkMs: hunkMinutes * 60_000 };
}

/**
 * Proves or disproves a change by the repository's own tests, run from clean checkouts of the base, the base with the new
 * tests, and the head. Throws only where the machine or the sandbox fails, or when `signal` ends it.
 */
export async function verify(options: VerifyOptions): Promise<Verification> {
  const started = Date.now();
  const { repository, baseTree, headTree } = options;
  const changes = await changesBetween(repository, baseTree, headTree);
  const split = splitChange(changes, options.config.tests);
  const changed = changes.map(({ path }) => path);
  const base = await sideAt(options, "base", baseTree, changed);
  const head = await sideAt(options, "head", headTree, changed);
  const laid = await layTests(repository, baseTree, { base: base.look, head: head.look }, split);
  const baseWithTests = {
    ...(await sideAt(options, "baseWithTests", laid.tree, changed)),
    laid: split.tests.map(({ path }) => path),
  };

  const focus = {
    touched: touchedTests(split, laid.inline),
    near: testsFor(changes, head.look.paths),
  };
  const all = changes.length === 0 ? {} : await proofRuns(options, { base, baseWithTests, head }, focus);
  const { runs, left } = withoutUnusable(all);
  const tests = compareRuns(runs);
  const findings = [
    ...(await findingsOn({
      base: base.look,
      head: head.look,
      changes,
      tests,
      testGlobs: options.config.tests,
    })),
    ...limitedSuite(runs, options),
    ...left,
  ];
  const { again: _, laid: __, ...suites } = runs;
  const facts = { changed: changes.length > 0, testCommand: head.toolchain.test !== null, tests, findings };
  const decision = decide({ ...facts, ...suites });
  const proved = decision.verdict === "verified" && runs.head !== undefined;
  const looks = { base: base.look, head: head.look };
  const asked = { sources: split.sources, looks, head, headRun: runs.head, tests, near: focus.near };
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

async function sideAt(
  options: VerifyOptions,
  which: Side["which"],
  tree: string,
  changed: readonly string[],
): Promise<Side> {
  const look = await lookAt(options.repository, tree);
  return { which, tree, look, toolchain: await findPlan(look, options.config, changed) };
}
