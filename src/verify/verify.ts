import type { RepositoryConfig } from "../config/types.ts";
import type { Emit } from "../log/events.ts";
import type { Sandbox } from "../sandbox/sandbox.ts";
import { changesBetween } from "../workspace/changes-between.ts";
import { treeWith } from "../workspace/tree-with.ts";
import type { Repository } from "../workspace/types.ts";
import { compareRuns, type Runs } from "./evidence.ts";
import { findToolchain } from "./find-toolchain.ts";
import { findingsOn } from "./gates/index.ts";
import { lookAt } from "./look.ts";
import { proofRuns, type Side } from "./proof-runs.ts";
import { splitChange } from "./test-files.ts";
import type { Finding, SuiteRun, Verification } from "./types.ts";
import { decide } from "./verdict.ts";

export interface VerifyOptions {
  readonly repository: Repository;
  readonly baseTree: string;
  readonly headTree: string;
  readonly config: Pick<RepositoryConfig, "setup" | "test" | "report" | "network">;
  readonly sandbox: Sandbox;
  /** A folder of the controller's for checkouts, reports and installed dependencies; the same one in every round. */
  readonly scratch: string;
  /** Milliseconds for one run of the tests, and for installing dependencies. */
  readonly limits: { readonly testMs: number; readonly setupMs: number };
  /** Given to setup alone. */
  readonly setupEnv?: Readonly<Record<string, string>>;
  /** Removes secrets from every text that is kept. */
  readonly redact: (text: string) => string;
  readonly emit: Emit;
  readonly signal?: AbortSignal;
  /** The base's run of an earlier round. */
  readonly baseline?: SuiteRun;
}

/**
 * Proves or disproves a change by the repository's own tests, run from clean checkouts of the base, the base with the new
 * tests, and the head. Throws only where the machine or the sandbox fails, or when `signal` ends it.
 */
export async function verify(options: VerifyOptions): Promise<Verification> {
  const started = Date.now();
  const { repository, baseTree, headTree } = options;
  const changes = await changesBetween(repository, baseTree, headTree);
  const withTestsTree = await treeWith(repository, baseTree, splitChange(changes).tests);

  const base = await sideAt(options, "base", baseTree);
  const baseWithTests = await sideAt(options, "baseWithTests", withTestsTree);
  const head = await sideAt(options, "head", headTree);

  const runs = changes.length === 0 ? {} : await proofRuns(options, { base, baseWithTests, head }, changes);
  const tests = compareRuns(runs);
  const findings = [
    ...(await findingsOn({ base: base.look, head: head.look, changes, tests })),
    ...limitedSuite(runs, options),
  ];
  const { headAgain: _, baseWithTestsAgain: __, ...suites } = runs;
  const facts = { changed: changes.length > 0, testCommand: head.toolchain.test !== null, tests, findings };
  return {
    ...decide({ ...facts, ...suites }),
    treeSha: headTree,
    baseTreeSha: baseTree,
    tests,
    suites,
    findings,
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

async function sideAt(options: VerifyOptions, which: Side["which"], tree: string): Promise<Side> {
  const look = await lookAt(options.repository, tree);
  return { which, tree, look, toolchain: await findToolchain(look, options.config) };
}
