import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";

/** How many processes of this machine have `word` in their command line. */
export const countProcesses = (word: string): number =>
  readdirSync("/proc").filter((name) => /^\d+$/.test(name) && commandLine(name).includes(word)).length;

/** The number left once it has stopped falling to 0, or after three seconds. */
export async function processesLeft(word: string): Promise<number> {
  for (let tries = 0; tries < 30 && countProcesses(word) > 0; tries++) await wait(100);
  return countProcesses(word);
}

/** Waits until a process with `word` is there. */
export async function processSeen(word: string): Promise<void> {
  for (let tries = 0; tries < 100 && countProcesses(word) === 0; tries++) await wait(50);
}

function commandLine(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8");
  } catch {
    return ""; // ended since the listing
  }
}
