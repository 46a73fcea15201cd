import { inTime } from "./in-time.ts";

/** What a process needs to be of use. */
export interface Needs {
  closing(): boolean;
  /** Whether GitHub has said who we are. */
  known(): boolean;
  /** Resolves once the database has answered. */
  database(): Promise<void>;
}

export type Unready = "closing" | "github" | "database";

/** Milliseconds in which the database answers, or counts as away. */
const patience = 2000;

/**
 * Says in one word what keeps the process from being of use, or null. However many ask, the database is asked once at a
 * time: anybody may ask.
 */
export function readiness(needs: Needs): () => Promise<Unready | null> {
  let asked: Promise<boolean> | null = null;
  return async () => {
    if (needs.closing()) return "closing";
    if (!needs.known()) return "github";
    asked ??= inTime(needs.database(), patience, "no answer")
      .then(
        () => true,
        () => false,
      )
      .finally(() => {
        asked = null;
      });
    return (await asked) ? null : "database";
  };
}
