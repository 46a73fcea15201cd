import type { RepositoryConfig, RepositoryLimits } from "../config/types.ts";
import type { Emit } from "../log/events.ts";
import type { Sandbox } from "../sandbox/sandbox.ts";
import type { Repository } from "../workspace/types.ts";
import type { Baselines } from "./baselines.ts";
import type { NoteSetup } from "./prepare/setup-notes.ts";

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
    /** For the repository's own linters, at both sides; absent or 0: they are not run. */
    readonly lintMs?: number;
    /** Lines, added and deleted, from which a change is said to be large; default 400. */
    readonly lines?: number;
  };
  /** Given to setup alone. */
  readonly setupEnv?: Readonly<Record<string, string>>;
  /** Hears what there is to say of each installation. */
  readonly noteSetup?: NoteSetup;
  /** What was asked for, if it is known. */
  readonly issueText?: string;
  /** Removes secrets from every text that is kept. */
  readonly redact: (text: string) => string;
  readonly emit: Emit;
  readonly signal?: AbortSignal;
  /** Milliseconds of the base's suite from which less than the whole is run between base and head; default 5 s. */
  readonly narrowAfterMs?: number;
  /** Where suites of bases are kept. Absent: they are run anew. */
  readonly baselines?: Baselines;
}

/** What the configuration says, in milliseconds. */
export function verifyLimits({
  testMinutes,
  setupMinutes,
  hunkMinutes,
  lintMinutes,
  lines,
}: Pick<
  Required<RepositoryLimits>,
  "testMinutes" | "setupMinutes" | "hunkMinutes" | "lintMinutes" | "lines"
>): VerifyOptions["limits"] {
  return {
    testMs: testMinutes * 60_000,
    setupMs: setupMinutes * 60_000,
    hunkMs: hunkMinutes * 60_000,
    lintMs: lintMinutes * 60_000,
    lines,
  };
}
