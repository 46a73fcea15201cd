import type { Spent, TurnEnd } from "../agent/types.ts";
import type { Assessment } from "../assess/assessment.ts";
import type { SeenText } from "../context/seen.ts";
import type { Likely, Purse } from "../job/ledger.ts";
import type { ProblemCode } from "../log/problems.ts";
import type { ChangedFile } from "../verify/changed-files.ts";
import type { Verdict, Verification } from "../verify/types.ts";

/** A change and its proof, before anybody has seen it. */
export interface Draft {
  readonly verification: Verification;
  /** Where the change is, for whoever reads it. */
  readonly changes: readonly ChangedFile[];
  /** The model's own account of its work; shown as such, never as evidence. */
  readonly summary: string;
  readonly end: TurnEnd;
  readonly rounds: number;
  readonly spent: Spent;
  readonly model: string;
  readonly modelKind: "live" | "recorded";
  readonly notices: readonly Notice[];
  /** What the model was given to read to begin with. */
  readonly seen: readonly SeenText[];
}

/** Something that the reader of a draft has to know. */
export type Notice =
  | {
      readonly kind: "hidden-text";
      readonly where: string;
      readonly removed: readonly { readonly kind: string; readonly count: number }[];
    }
  | {
      readonly kind: "left-out";
      readonly path: string;
      readonly reason: "protected" | "lockfile" | "symlink" | "submodule" | "kept-test";
    }
  | { readonly kind: "setup-failed" }
  | { readonly kind: "lfs-pointers" }
  /** What a second session of the model found, after a correction if `again`, or why it did not look. */
  | {
      readonly kind: "second-look";
      readonly again: boolean;
      readonly found: number;
      readonly dropped: number;
    }
  | { readonly kind: "no-second-look"; readonly again: boolean; readonly why: string }
  | { readonly kind: "price-unknown"; readonly model: string }
  /** What the model found open in the issue before it began, or why it did not look. */
  | { readonly kind: "assessed"; readonly open: boolean; readonly reason: string }
  | { readonly kind: "not-assessed"; readonly why: string }
  /** What was agreed on before. */
  | { readonly kind: "agreed"; readonly by: string; readonly text: string }
  /** Who had the issue in hand when the draft was published, and not when it was asked for. */
  | { readonly kind: "taken-since"; readonly held: string }
  /** Less than the run's own limit was left of one that many runs share. */
  | { readonly kind: "limit-lowered"; readonly usd: number; readonly purse: Purse };

export interface PullRequestRef {
  readonly number: number;
  readonly url: string;
}

/** What a run found out about its task, and waits for. */
export interface Held {
  readonly for: "answers" | "plan" | "split";
  readonly assessment: Assessment;
}

/** How a run ended. Closed: who adds an ending has to say what is shown for it. */
export type Outcome =
  | {
      readonly kind: "drafted";
      readonly draft: Draft;
      readonly pullRequest: PullRequestRef;
      /** The commit that was published, as 40 hexadecimal digits. */
      readonly commit: string;
      readonly attempt: number;
      /** The earlier attempt that the pull request goes on to show, since this one came to less. */
      readonly stays: { readonly attempt: number; readonly verdict: Verdict } | null;
      /** Why the attempt could not be kept for later, if it could not. */
      readonly notKept: string | null;
      /** Why there is no check run, if there is none. */
      readonly noCheckRun: string | null;
      /** Why the label of the verdict is not on it, if it is not. */
      readonly noLabel: string | null;
      /** Its checks are waited for. */
      readonly waits?: boolean;
    }
  /** A pull request shows an attempt again that was kept: no model was asked. */
  | {
      readonly kind: "shown";
      readonly pullRequest: PullRequestRef;
      readonly commit: string;
      readonly attempt: number;
      readonly verdict: Verdict;
      readonly askedBy: string;
      readonly noLabel: string | null;
      /** Its checks are waited for. */
      readonly waits?: boolean;
    }
  /** `--dry-run` and `local`: the change exists, nothing was published. */
  | { readonly kind: "written"; readonly draft: Draft }
  /** Nothing was written: somebody is to say first how to go on. */
  | {
      readonly kind: "waits";
      readonly held: Held;
      readonly spent: Spent;
      readonly model: string;
      /** Lines that the repository wants at most in one change. */
      readonly lines: number;
      /** What a draft here has cost before; null: it is not known. */
      readonly likely: Likely | null;
    }
  /** The model ended without a change: never green. */
  | { readonly kind: "unchanged"; readonly draft: Omit<Draft, "verification" | "changes"> }
  /** Something expected stopped it: the catalogue's code and its two sentences. */
  | {
      readonly kind: "stopped";
      readonly code: ProblemCode;
      readonly what: string;
      readonly fix: string;
      readonly spent: Spent | null;
    };
