import { setTimeout as delay } from "node:timers/promises";
import type { Octokit as RestOctokit } from "@octokit/rest";
import type { Pace, Turn } from "../job/pace.ts";
import { Problem } from "../log/problem.ts";
import { limitWait } from "./errors.ts";

/** Milliseconds that a request waits for limits in all. A run that would wait longer stops, and goes on later. */
const longestWait = 120_000;
/** How often a request is made that meets a limit each time. */
const mostTimes = 3;

/**
 * What is final, as the retry plugin has it, and 429: where limits are minded, waiting for one is the pace's, and the two
 * would multiply.
 */
export const notRetried = [400, 401, 403, 404, 410, 422, 429, 451];

/** Whether a request may change something. Of GraphQL's only what is plainly a query does not. */
export function isWrite({ method, url, query }: { method: string; url: string; query?: unknown }): boolean {
  if (method === "GET" || method === "HEAD") return false;
  return !(/\/graphql$/.test(url) && /^\s*(\{|query\b)/.test(String(query)));
}

/**
 * Has an Octokit keep a pace: writes wait for their turn, and what GitHub limits is asked again when it says. Hooks that are
 * set before this are within a turn. Requests throw `github-rate-limit` where the wait is longer than a run may take.
 */
export function keepPace(octokit: Pick<RestOctokit, "hook">, pace: Pace): void {
  octokit.hook.wrap("request", async (request, options) => {
    const write = isWrite(options);
    const wait = { left: longestWait };
    for (let times = 1; ; times++) {
      const turn = await turnOf(pace, write, wait);
      let limit: number | null = null;
      let answered = true;
      try {
        return await request(options);
      } catch (error) {
        limit = limitWait(error, times);
        answered = limit === null;
        if (limit === null) throw error;
        await pace.told(limit);
        if (times === mostTimes || limit * 1000 > wait.left) throw limitProblem(limit * 1000, error);
      } finally {
        await turn.done(answered);
      }
    }
  });
}

async function turnOf(pace: Pace, write: boolean, wait: { left: number }): Promise<Turn & { go: true }> {
  for (;;) {
    const turn = await pace.ask(write);
    if (turn.go) return turn;
    if (turn.limited) {
      if (turn.ms > wait.left) throw limitProblem(turn.ms);
      wait.left -= turn.ms;
    }
    await delay(turn.ms);
  }
}

const limitProblem = (ms: number, cause?: unknown) =>
  new Problem("github-rate-limit", { minutes: Math.ceil(ms / 60_000) }, { cause });
