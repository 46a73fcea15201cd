import { setTimeout as delay } from "node:timers/promises";

/** Milliseconds that a scenario may take: seconds are enough, but for a very busy machine. */
export const patience = 150_000;

/**
 * Waits until `condition` holds, at most `within` milliseconds; gives up before the test does. What has to be asked for is
 * asked less often.
 */
export async function until(
  what: string,
  condition: () => boolean | Promise<boolean>,
  within = patience - 20_000,
): Promise<void> {
  const end = Date.now() + within;
  for (;;) {
    const met = condition();
    if (await met) return;
    if (Date.now() > end) throw new Error(`Waited in vain until ${what}.`);
    await delay(met instanceof Promise ? 100 : 25);
  }
}

/** GitHub tells when something was in whole seconds: what is to come after another thing does so in a later one. */
export async function nextSecond(): Promise<void> {
  const second = () => Math.floor(Date.now() / 1000);
  const now = second();
  await until("the next second has begun", () => second() > now);
}
