import { setTimeout as delay } from "node:timers/promises";
import { all } from "./queues.ts";
import { takeBack } from "./rows.ts";
import { followSetBack } from "./set-back.ts";
import type { Store } from "./store.ts";

/**
 * Sees until `signal` to what nobody does by itself: a clock that was set back, jobs of dead processes, then pg-boss's own
 * upkeep, which would count their attempts as failed and let them wait. Every process does it.
 */
export async function supervise({ boss, sql, exclusive }: Store, signal: AbortSignal): Promise<void> {
  // Milliseconds from one look to the next. Alone there is no dead one to be found.
  const pause = exclusive ? 15_000 : 5000;
  while (!signal.aborted) {
    try {
      await followSetBack(sql);
      if (!exclusive) await takeBack(boss, all, "silent");
      await boss.supervise();
    } catch (error) {
      if (!signal.aborted) boss.emit("error", error as Error);
    }
    await delay(pause, null, { signal }).catch(() => {});
  }
}
