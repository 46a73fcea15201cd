import type { PgBoss } from "pg-boss";
import { attend, type Closing, every } from "./attend.ts";
import { redeliveryJobId } from "./identity.ts";
import { redeliveries } from "./queues.ts";

/** What GitHub is to send again. Several processes may find the same: each failed attempt is asked about once. */
export interface Redeliveries {
  /** False: this attempt is known, and was or will be asked about. */
  add(attempt: string): Promise<boolean>;
  /** Starts asking, one after the other. What `ask` throws for is asked again, more and more seldom, for three days. */
  work(ask: (attempt: string, signal: AbortSignal) => Promise<void>): Promise<void>;
}

export function createRedeliveries(boss: PgBoss, closing: Closing): Redeliveries {
  return {
    add: async (attempt) =>
      (await boss.send(redeliveries, { attempt }, { id: redeliveryJobId(attempt) })) !== null,
    work: async (ask) => {
      const handler = attend<{ attempt: string }>(boss, redeliveries, closing, ({ data }, signal) =>
        ask(data.attempt, signal),
      );
      await boss.work(redeliveries, every(1), handler);
    },
  };
}
