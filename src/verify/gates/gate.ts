import type { FileChange } from "../../workspace/types.ts";
import type { Look } from "../look.ts";
import type { Finding, TestEvidence } from "../types.ts";

/** What a gate may look at: the change and what its tests did. */
export interface GateInput {
  readonly base: Look;
  readonly head: Look;
  readonly changes: readonly FileChange[];
  readonly tests: readonly TestEvidence[];
}

/** One rule about changes, by itself. */
export type Gate = (input: GateInput) => Finding[] | Promise<Finding[]>;
