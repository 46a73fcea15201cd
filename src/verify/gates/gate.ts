import type { FileChange } from "../../workspace/types.ts";
import type { Look } from "../look.ts";
import type { Finding, TestEvidence } from "../types.ts";
import type { ChangedTests } from "./changed-tests.ts";

/** What the gates look at: the change and what its tests did. */
export interface Change {
  readonly base: Look;
  readonly head: Look;
  readonly changes: readonly FileChange[];
  readonly tests: readonly TestEvidence[];
  /** Paths of tests beyond the conventions. */
  readonly testGlobs?: readonly string[] | undefined;
  /** What was asked for, if it is known. */
  readonly issueText?: string;
  /** Lines beyond which a change counts as large; 400 where it is not given. */
  readonly maxLines?: number;
}

/** The same, with the changed tests read. */
export interface GateInput extends Change {
  readonly changed: ChangedTests;
  /** Whether a path is part of the tests. */
  readonly isTest: (path: string) => boolean;
}

/** One rule about changes, by itself. */
export type Gate = (input: GateInput) => Finding[] | Promise<Finding[]>;
