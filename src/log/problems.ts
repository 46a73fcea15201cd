/** What the sentences of a problem may name. */
export type Details = Readonly<Record<string, string | number>>;

/**
 * Who has to act. `use`: the person who asked (exit code 2) · `stopped`: nobody, the world moved on (exit code 1) ·
 * `infrastructure`: the operator, or time (exit code 3).
 */
export type ProblemKind = "use" | "stopped" | "infrastructure";

interface Entry {
  readonly kind: ProblemKind;
  readonly what: (details: Details) => string;
  readonly fix: (details: Details) => string;
}

const entry = (kind: ProblemKind, what: Entry["what"], fix: Entry["fix"]): Entry => ({ kind, what, fix });

/** The catalogue: every expected failure, one sentence for what is wrong and one for what to change. */
export const problems = {
  "sandbox-missing": entry(
    "infrastructure",
    () => "bubblewrap (bwrap) is not installed, so generated code has nowhere safe to run.",
    () => "Install it: apt-get install bubblewrap (Debian, Ubuntu) or dnf install bubblewrap (Fedora).",
  ),
};

export type ProblemCode = keyof typeof problems;
