import type { EventEmitter } from "node:events";

/** Aborts when `end` closes: what is done for a client must not outlive it. */
export function closing(end: EventEmitter): AbortSignal {
  const closed = new AbortController();
  end.once("close", () => closed.abort());
  return closed.signal;
}
