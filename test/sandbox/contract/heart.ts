import { statSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";

/**
 * A shell's line that leaves a process behind, away from its group and deaf to SIGTERM, which writes to the command's
 * folder for as long as it lives. gVisor's processes are none of this machine's, so they cannot be counted here.
 */
export const heart = `(setsid bash -c 'trap "" TERM; while :; do echo >>beat; sleep 0.1; done' >/dev/null 2>&1 </dev/null &); until [ -s beat ]; do sleep 0.05; done`;

/** How often it has beaten. */
export const beats = (folder: string): number =>
  statSync(join(folder, "beat"), { throwIfNoEntry: false })?.size ?? 0;

/** Waits until it has begun. */
export async function heartSeen(folder: string): Promise<void> {
  for (let tries = 0; tries < 1200 && beats(folder) === 0; tries++) await wait(50);
}

/** Whether another beat comes, within twenty seconds: on a busy machine a beat may take as long as it is still for `beatsOn`. */
export async function beatsAgain(folder: string): Promise<boolean> {
  const before = beats(folder);
  for (let tries = 0; tries < 200 && beats(folder) === before; tries++) await wait(100);
  return beats(folder) > before;
}

/** Whether it beats on, which must have begun; after twenty seconds at most. */
export async function beatsOn(folder: string): Promise<boolean> {
  if (beats(folder) === 0) throw new Error("it never beat");
  for (let tries = 0; tries < 25; tries++) {
    const before = beats(folder);
    await wait(800);
    if (beats(folder) === before) return false;
  }
  return true;
}
