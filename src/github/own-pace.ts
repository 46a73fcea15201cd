import { type Pace, whileTaken } from "../job/pace.ts";

/** Milliseconds from the end of a write to the next one. */
const apart = 1000;

/** A pace for who speaks to GitHub with a token of its own, in one process. */
export function ownPace(): Pace {
  let taken = false;
  let nextWrite = 0;
  /** null once GitHub has answered again. */
  let limitedUntil: number | null = null;
  return {
    async ask(write) {
      // Unlike the time of day this never jumps.
      const now = performance.now();
      if (limitedUntil !== null && limitedUntil > now)
        return { go: false, ms: Math.ceil(limitedUntil - now), limited: true };
      if (!write && limitedUntil === null) return { go: true, done: async () => {} };
      if (taken) return { go: false, ms: whileTaken, limited: false };
      if (write && nextWrite > now) return { go: false, ms: Math.ceil(nextWrite - now), limited: false };
      taken = true;
      return {
        go: true,
        done: async (answered) => {
          taken = false;
          nextWrite = performance.now() + apart;
          if (answered && limitedUntil !== null && limitedUntil <= performance.now()) limitedUntil = null;
        },
      };
    },
    async told(seconds) {
      limitedUntil = Math.max(limitedUntil ?? 0, performance.now() + seconds * 1000);
    },
  };
}
