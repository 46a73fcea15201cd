import type { Matcher } from "./rule.ts";

/** Any of them. */
export const any = (...matchers: readonly Matcher[]): Matcher => ({ any: matchers });

/** All of them. */
export const all = (...matchers: readonly Matcher[]): Matcher => ({ all: matchers });

/** Holds such a thing anywhere within. */
export const within = (matcher: Matcher): Matcher => ({ has: { ...matcher, stopBy: "end" } });

/** Stands somewhere in such a thing. */
export const inside = (matcher: Matcher): Matcher => ({ inside: { ...matcher, stopBy: "end" } });

/** A part of it by the grammar's name for it. */
export const field = (name: string, matcher: Matcher): Matcher => ({ has: { ...matcher, field: name } });

/** A node of that kind whose text is as `regex` says. */
export const text = (kind: string, regex: string): Matcher => ({ kind, regex });

/** A call of a function whose name, with what stands before it, is as `callee` says. */
export const call = (kind: string, callee: string, ...more: readonly Matcher[]): Matcher =>
  all({ kind }, field("function", { regex: callee }), ...more);

/** Its argument at that position, counted from 1; without a position any argument. */
export const argument = (matcher: Matcher, position?: number): Matcher => ({
  has: {
    field: "arguments",
    has: position === undefined ? matcher : { all: [matcher, { nthChild: position }] },
  },
});

/** Where text is a name that something secret would have. */
export const secretName =
  "(?i)(passw(or)?d|passwd|secret|salt|session_?(id|key)|token|csrf|otp|api_?key|reset_?(code|key)|private_?key)";
