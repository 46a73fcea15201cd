import type { JobWithMetadata, PgBoss } from "pg-boss";
import { handBack } from "./rows.ts";

/** The end of all work in this process, in two steps. */
export interface Closing {
  /** Handlers are asked to stop. */
  readonly asked: AbortSignal;
  /** They are no longer waited for. */
  readonly over: AbortSignal;
}

export type Handler<Data extends object> = (
  entry: JobWithMetadata<Data>,
  signal: AbortSignal,
) => Promise<void>;

/** Seconds. A new job is announced; asking as well is for what nobody announces: a retry, a repository that got free. */
export const every = (seconds: number) => ({
  pollingIntervalSeconds: seconds,
  notifyPollingIntervalSeconds: seconds,
  includeMetadata: true as const,
});

/**
 * So many workers, each of which looks again at once when it has done a job: where one was, more may wait, and by polling
 * alone a crowd that was announced while all were at work would be taken at one for each interval.
 */
export async function employ<Data extends object>(
  boss: PgBoss,
  queue: string,
  { seconds, workers = 1 }: { readonly seconds: number; readonly workers?: number },
  handler: (entries: JobWithMetadata<Data>[]) => Promise<void>,
): Promise<void> {
  for (let count = 0; count < workers; count++) {
    const id: Promise<string> = boss.work(queue, every(seconds), async (entries: JobWithMetadata<Data>[]) => {
      // Now and not at the end: it counts from here on, and is asked when the job is done.
      boss.notifyWorker(await id);
      return handler(entries);
    });
    await id;
  }
}

/** A worker's handler that, when the process is asked to stop, gives an unfinished job back instead of failing it. */
export function attend<Data extends object>(
  boss: PgBoss,
  queue: string,
  { asked, over }: Closing,
  handler: Handler<Data>,
) {
  return async ([entry]: JobWithMetadata<Data>[]): Promise<void> => {
    if (entry === undefined) return;
    const end = Promise.withResolvers<never>();
    const stop = () => end.reject(over.reason);
    over.addEventListener("abort", stop);
    try {
      asked.throwIfAborted();
      const work = handler(entry, AbortSignal.any([asked, entry.signal]));
      await Promise.race([work, end.promise]);
    } catch (error) {
      if (!asked.aborted) throw error;
      await handBack(boss, queue, entry);
    } finally {
      over.removeEventListener("abort", stop);
    }
  };
}
