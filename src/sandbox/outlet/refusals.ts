import type { Refused } from "../sandbox.ts";

export interface Tally {
  /** `target`: as the client wrote it. */
  add(target: string, why: Refused["why"]): void;
  all(): readonly Refused[];
}

/** So many hosts are told apart; a hostile package may ask for any number. */
const most = 50;
const longest = 100;

/** Counts what was refused, host by host. */
export function openTally(): Tally {
  const counts = new Map<string, Refused>();
  return {
    add(target, why) {
      const host = target
        .toLowerCase()
        .replace(/[^\w.:[\]-]/g, "?")
        .slice(0, longest);
      const key = `${why} ${host}`;
      const known = counts.get(key);
      if (known === undefined && counts.size >= most) return;
      counts.set(key, { host, why, times: (known?.times ?? 0) + 1 });
    },
    all: () => [...counts.values()],
  };
}
