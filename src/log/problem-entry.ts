/** What the sentences of a problem may name. */
export type Details = Readonly<Record<string, string | number>>;

/**
 * Who has to act. `use`: the person who asked (exit code 2) · `stopped`: nobody, the world moved on (exit code 1) ·
 * `infrastructure`: the operator, or time (exit code 3).
 */
export type ProblemKind = "use" | "stopped" | "infrastructure";

export interface Entry {
  readonly kind: ProblemKind;
  readonly what: (details: Details) => string;
  readonly fix: (details: Details) => string;
}

export const entry = (kind: ProblemKind, what: Entry["what"], fix: Entry["fix"]): Entry => ({
  kind,
  what,
  fix,
});
