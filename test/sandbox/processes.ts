import { readdirSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import { commandLine } from "../../src/sandbox/process-tree.ts";

/** The processes of this machine that have `word` in their command line, whose arguments a zero byte ends. */
export const processesWith = (word: string | RegExp): string[] =>
  readdirSync("/proc").filter((name) => /^\d+$/.test(name) && commandLine(name).search(word) >= 0);

export const countProcesses = (word: string | RegExp): number => processesWith(word).length;

/** The number left once it has stopped falling to 0, or after twenty seconds. */
export async function processesLeft(word: string | RegExp): Promise<number> {
  for (let tries = 0; tries < 200 && countProcesses(word) > 0; tries++) await wait(100);
  return countProcesses(word);
}

/** Waits until a process with `word` is there, for a minute at most; returns whether it came. */
export async function processSeen(word: string | RegExp): Promise<boolean> {
  for (let tries = 0; tries < 2400; tries++) {
    if (countProcesses(word) > 0) return true;
    await wait(25);
  }
  return false;
}
