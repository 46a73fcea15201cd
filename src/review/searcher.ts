import { once } from "node:events";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
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
 * Opens a thread of its own for foreign code, without our environment. Where a text takes too long or brings it down, the
 * next gets a new one. `limitMs`: for one text; default 30 s.
 */
export function openSearcher(limitMs = longestMs): Searcher {
  let worker: Worker | null = null;
  async function close(): Promise<void> {
    const old = worker;
    worker = null;
    await old?.terminate();
  }
  return {
    async search(question) {
      worker ??= start();
      const late = AbortSignal.timeout(limitMs);
      try {
        worker.postMessage(question);
        const [answer] = (await once(worker, "message", { signal: late })) as [Answer];
        return "failed" in answer ? "unreadable" : answer;
      } catch {
        // Whatever went wrong in it, the thread is of no use any more.
        await close();
        return late.aborted ? "too-slow" : "unreadable";
      }
    },
    [Symbol.asyncDispose]: close,
  };
}

function start(): Worker {
  const { dirname, filename } = import.meta;
  const file = join(dirname, filename.endsWith(".ts") ? "worker.ts" : "review.js");
  const worker = new Worker(file, { env: {}, execArgv: [], resourceLimits: { maxOldGenerationSizeMb: 512 } });
  // Nobody asks: whoever waits for an answer is told by the error itself.
  worker.on("error", () => {});
  worker.unref();
  return worker;
}
