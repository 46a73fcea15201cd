import { parentPort } from "node:worker_threads";
import { find } from "./engine.ts";
import type { Answer, Question } from "./searcher.ts";

// The program of the thread in which foreign code is parsed: one answer for each question, in their order.
parentPort?.on("message", async ({ grammar, text, lines, only }: Question) => {
  const answer: Answer = await find(grammar, text, lines, only).catch((error: unknown) => ({
    failed: error instanceof Error ? error.message : String(error),
  }));
  parentPort?.postMessage(answer);
});
