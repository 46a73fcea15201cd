import type { JournalEntry } from "./journal-entry.ts";

/** The time of a run over all processes that worked on it, as `openBudget` reads it: in milliseconds. */
export interface RunClock {
  readonly now: () => number;
  /** The record is repeated: from here on it is work again. */
  goOn(): void;
}

/**
 * The clock of a run that goes on from `recorded`, if there is such a thing. It stands still while that is repeated, or no
 * time might be left for what was paid for; then it goes on from the time that the record had taken.
 */
export function openRunClock(recorded: readonly JournalEntry[]): RunClock {
  const used = millisecondsUsed(recorded);
  let began = recorded.length === 0 ? performance.now() : null;
  return {
    now: () => (began === null ? 0 : used + performance.now() - began),
    goOn: () => {
      began ??= performance.now();
    },
  };
}

/** By the last call that a journal names, and what came after it. */
function millisecondsUsed(entries: readonly JournalEntry[]): number {
  const last = entries.findLast((entry) => entry.type === "request");
  if (last === undefined) return 0;
  // The clock of the machine may have been set back.
  const since = Math.max(0, Date.parse(entries.at(-1)?.at ?? last.at) - Date.parse(last.at));
  return (last.seconds ?? 0) * 1000 + since;
}
