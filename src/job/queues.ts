import type { Queue, QueueOptions } from "pg-boss";
import { endActive } from "./rows.ts";
import type { Store } from "./store.ts";

/** Webhook → `intake` → `runs`; whatever fails for the last time → `dead`. Beside them, what GitHub is to send again. */
export const intake = "intake";
export const runs = "runs";
export const dead = "dead";
export const redeliveries = "redeliveries";
export const all = [dead, intake, runs, redeliveries];

/** GitHub can deliver again for three days: a known delivery has to be remembered longer. */
const keptDays = 7;
/** Longer than the longest run that an operator may allow. */
const maxRunHours = 12;

/** Makes the queues where they are missing, and ends what a dead process left. `retryDelay`: seconds, for `runs`; 0: at once, always. */
export async function createQueues({ boss, exclusive }: Store, retryDelay: number): Promise<void> {
  const shared = {
    notify: true,
    deleteAfterSeconds: keptDays * 86_400,
    retryDelay,
    ...(retryDelay > 0 ? { retryBackoff: true, retryDelayMax: 600 } : { retryBackoff: false }),
    // Beside other processes only a heart that has stopped tells a dead one; alone, the start of the next one does.
    ...(exclusive ? {} : { heartbeatSeconds: 20 }),
  };
  const create = async (
    name: string,
    settings: QueueOptions,
    policy: Pick<Queue, "policy" | "deadLetter">,
  ) => {
    await boss.createQueue(name, { ...settings, ...policy });
    // What an earlier version made stays as it was made, unless it is told.
    await boss.updateQueue(name, settings);
  };
  const singleton = { policy: "singleton", deadLetter: dead };
  await create(dead, { ...shared, retryLimit: 8 }, {});
  await create(intake, { ...shared, retryLimit: 5, retryDelay: Math.ceil(retryDelay / 6) }, singleton);
  await create(runs, { ...shared, retryLimit: 3, expireInSeconds: maxRunHours * 3600 }, singleton);
  // By the hour at last, for as long as GitHub can send it.
  const patient = { retryLimit: 80, ...(retryDelay > 0 ? { retryDelayMax: 3600 } : {}) };
  await create(redeliveries, { ...shared, ...patient }, {});
  if (exclusive) for (const name of all) await endActive(boss, name);
}
