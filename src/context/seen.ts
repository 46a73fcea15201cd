import type { Removed } from "./removed.ts";

/** One text that the model was given to begin with. */
export interface SeenText {
  readonly kind: "issue" | "agreed" | "guidance" | "attempt" | "remark" | "check" | "instructions" | "files";
  /** In words, e.g. `the title`; of instructions the path. */
  readonly where: string;
  /** Who wrote it; null: it is the repository's own, or whoever asked. */
  readonly by: string | null;
  /** How much of it the model saw. */
  readonly characters: number;
  /** What was taken out before, because nobody can see it there. */
  readonly removed: readonly Removed[];
  /** Characters that were left out because there were too many. */
  readonly cut: number;
}
