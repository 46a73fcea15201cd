import type { Outcome } from "../report/outcome.ts";

/** How a run ended, in one word of ours: its verdict, or what there was instead of one. */
export const endingOf = (outcome: Outcome): string =>
  "draft" in outcome && "verification" in outcome.draft ? outcome.draft.verification.verdict : outcome.kind;
