import { createHash } from "node:crypto";

/** How often a cycle of one, two or three turns may come round before it counts as going in circles. */
const rounds = [5, 4, 4] as const;

/** Notices a model that goes in circles: the same calls with the same results, turn after turn or in a short cycle. */
export function createRepetition(): { add(turn: unknown): boolean } {
  let seen: string[] = [];
  return {
    /** True where this turn closes a cycle; counting then starts anew. */
    add(turn) {
      seen.push(createHash("sha256").update(JSON.stringify(turn)).digest("base64"));
      if (!rounds.some((times, i) => endsInCycle(seen, i + 1, times))) return false;
      seen = [];
      return true;
    },
  };
}

function endsInCycle(seen: readonly string[], length: number, times: number): boolean {
  const tail = seen.slice(-length * times);
  return tail.length === length * times && tail.every((turn, i) => turn === tail[i % length]);
}
