import { appendFileSync } from "node:fs";
import { expect } from "@jest/globals";
import type { Counts } from "./count.ts";

/** Set by `npm run test:crash`: the full size, and where each scenario's counts go as a line of JSON. */
const results = process.env.FIRSTDRAFT_CRASH_RESULTS;
export const isFull = results !== undefined;

/** What the random times and choices come from. */
export const seed = Number(process.env.FIRSTDRAFT_CRASH_SEED ?? 1);

/** Milliseconds that one job may take, with all its deaths. */
export const longest = isFull ? 600_000 : 110_000;

/** Milliseconds that the model takes for a reply, so that a kill may hit one on its way. */
export const thinking = 500;

/** Notes what a scenario came to, then requires what is promised. */
export function requirePromised(scenario: string, counts: Counts): void {
  if (results !== undefined) appendFileSync(results, `${JSON.stringify({ scenario, ...counts })}\n`);
  const { lost, duplicates, rebilledByOne, orphanProcesses, orphanFolders } = counts;
  expect({ lost, duplicates, orphanProcesses, orphanFolders }).toEqual({
    ...{ lost: [], duplicates: [], orphanProcesses: [], orphanFolders: [] },
  });
  expect(rebilledByOne).toBeLessThanOrEqual(1);
}

/** Numbers from 0 to 1, the same for the same seed. https://github.com/bryc/code/blob/master/jshash/PRNGs.md#mulberry32 */
export function randomFrom(start: number): () => number {
  let state = start;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
