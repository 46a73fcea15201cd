import { setTimeout as delay } from "node:timers/promises";

/** Waits until `condition` holds; gives up after 45 s. */
export async function until(what: string, condition: () => boolean | Promise<boolean>): Promise<void> {
  const end = Date.now() + 45_000;
  while (!(await condition())) {
    if (Date.now() > end) throw new Error(`Waited in vain until ${what}.`);
    await delay(25);
  }
}
