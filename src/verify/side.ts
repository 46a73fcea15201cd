import type { Look } from "./look.ts";
import type { TestPlan } from "./plan/plan.ts";

/** One of the three trees, and how it is tested. */
export interface Side {
  readonly which: "base" | "baseWithTests" | "head";
  readonly tree: string;
  readonly look: Look;
  readonly toolchain: TestPlan;
  /** The files of tests that its command is limited to. */
  readonly only?: readonly string[];
  /** The files of tests that were laid over it. */
  readonly laid?: readonly string[];
}

export type Sides = Record<Side["which"], Side>;

/** Files of tests that runs may be limited to. */
export interface Focus {
  /** Those that the change touches, if the base with the new tests differs from the base in nothing else; else none. */
  readonly touched: readonly string[];
  /** Those that matter most for the change. */
  readonly near: readonly string[];
}
