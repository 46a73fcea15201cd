import type { Finding } from "../types.ts";

/** One test that the base has and that is gone, with what took its place, if anything did. */
export interface Gone {
  readonly file: string;
  readonly name: string;
  readonly line: number | null;
  /** What accounts for it, as the end of a sentence. */
  readonly reason: string | null;
}

/** What is said of tests that are gone from one file, with something in their place or without. */
export function inOne(gone: readonly Gone[], deleted: ReadonlySet<string>): Finding {
  const { file = "", line = null, reason = null } = gone[0] ?? {};
  const isDeleted = deleted.has(file);
  const names = gone.slice(0, 3).map(({ name }) => `"${name}"`);
  const more = gone.length > 3 ? ` and ${gone.length - 3} more` : "";
  const one = gone.length === 1;
  const what = `${one ? "The test" : `${gone.length} tests no longer run:`} ${names.join(", ")}${more}${one ? " no longer runs" : ""}`;
  return {
    gate: reason !== null ? "test-replaced" : isDeleted ? "test-deleted" : "test-gone",
    weight: reason === null ? "blocking" : "remark",
    file,
    line,
    reason: `${what}${reason === null ? "" : one ? `; ${reason}` : "; others took their place, or what they test is gone too"}.`,
  };
}
