import type { Severity } from "./rule.ts";

/** One thing that a rule says of lines that a change adds. */
export interface ReviewFinding {
  readonly rule: string;
  /** e.g. 89. */
  readonly cwe: number;
  readonly severity: Severity;
  readonly sentence: string;
  readonly file: string;
  readonly line: number;
  readonly endLine: number;
  /** The same for the same code in the same file, wherever it stands; says nothing of what is in its strings. */
  readonly fingerprint: string;
}

/** Why a file's lines were not looked at, or not to the end. */
export type Unread = "too-large" | "generated" | "too-slow" | "unreadable" | "no-rules" | "too-many";

/** What the rules say of a change. */
export interface Review {
  /** The gravest first, at most fifty. */
  readonly findings: readonly ReviewFinding[];
  /** How many more there were. */
  readonly more: number;
  readonly unread: readonly { readonly file: string; readonly why: Unread }[];
}
