import { type Details, type ProblemCode, type ProblemKind, problems } from "./problems.ts";

/**
 * An expected failure that ends a run or a command: a code from the catalogue and what to name in its sentence.
 * Everything else that is thrown is a bug.
 */
export class Problem extends Error {
  readonly code: ProblemCode;
  readonly kind: ProblemKind;
  /** One sentence: what is wrong, where. */
  readonly what: string;
  /** One sentence: what to change. */
  readonly fix: string;

  constructor(code: ProblemCode, details: Details = {}, options?: ErrorOptions) {
    const entry = problems[code];
    const what = entry.what(details);
    const fix = entry.fix(details);
    super(`${what} ${fix}`, options);
    this.name = "Problem";
    this.code = code;
    this.kind = entry.kind;
    this.what = what;
    this.fix = fix;
  }
}

/** Whether the App was uninstalled or suspended: then nobody can be told of it. */
export const isGone = (error: unknown): boolean =>
  error instanceof Problem && error.code === "installation-gone";
