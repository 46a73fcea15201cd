import { setTimeout as delay } from "node:timers/promises";

/** What `work` comes to, or an error after so many milliseconds. */
export async function inTime<T>(work: Promise<T>, milliseconds: number, late: string): Promise<T> {
  const over = new AbortController();
  const limit = delay(milliseconds, null, { signal: over.signal }).then(() => {
    throw new Error(late);
  });
  // One of the two is always left behind.
  limit.catch(() => {});
  return Promise.race([work, limit]).finally(() => over.abort());
}
