import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { Lines, Match } from "./engine.ts";
import type { Grammar } from "./languages.ts";

export interface Question {
  readonly grammar: Grammar;
  readonly text: string;
  readonly lines: Lines;
  /** Ids of rules; null: all of the language. */
  readonly only: readonly string[] | null;
}

export type Answer = readonly Match[] | { readonly failed: string };

/** Asks the rules about texts, one at a time. */
export interface Searcher extends AsyncDisposable {
  search(question: Question): Promise<readonly Match[] | "too-slow" | "unreadable">;
}

/** For one text, so that code written to be slow holds nobody up. */
const longestMs = 30_000;

/**
 * Opens a process of its own for foreign code, in which there is nothing to find. Where a text takes too long or brings it
 * down, the next gets a new one. `limitMs`: for one text; default 30 s.
 */
export function openSearcher(limitMs = longestMs): Searcher {
  let child: ChildProcess | null = null;
  async function close(): Promise<void> {
    const old = child;
    child = null;
    if (old === null || old.exitCode !== null || old.signalCode !== null) return;
    const gone = once(old, "exit");
    old.kill("SIGKILL");
    await gone;
  }
  return {
    async search(question) {
      child ??= start();
      const late = AbortSignal.timeout(limitMs);
      try {
        return await ask(child, question, late);
      } catch {
        // Whatever went wrong in it, the process is of no use any more.
        await close();
        return late.aborted ? "too-slow" : "unreadable";
      }
    },
    [Symbol.asyncDispose]: close,
  };
}

async function ask(child: ChildProcess, question: Question, late: AbortSignal) {
  const over = new AbortController();
  const signal = AbortSignal.any([late, over.signal]);
  const ended = once(child, "exit", { signal }).then(() => Promise.reject(new Error("It ended.")));
  try {
    child.send(question);
    const [answer] = (await Promise.race([once(child, "message", { signal }), ended])) as [Answer];
    return "failed" in answer ? "unreadable" : answer;
  } finally {
    ended.catch(() => {});
    over.abort();
  }
}

function start(): ChildProcess {
  const { dirname, filename } = import.meta;
  const file = join(dirname, filename.endsWith(".ts") ? "main.ts" : "review.js");
  const child = fork(file, [], {
    env: {},
    execArgv: ["--max-old-space-size=1024"],
    stdio: ["ignore", "ignore", "ignore", "ipc"],
  });
  // Whoever waits for an answer is told by its end.
  child.on("error", () => {});
  return child;
}
