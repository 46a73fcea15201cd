import type { JobWithMetadata, PgBoss } from "pg-boss";
import type { Job } from "./job.ts";
import { handBack } from "./rows.ts";

/** The end of all work in this process, in two steps. */
export interface Closing {
  /** Handlers are asked to stop. */
  readonly asked: AbortSignal;
  /** They are no longer waited for. */
  readonly over: AbortSignal;
}

type Entry = JobWithMetadata<Job>;
export type Handler = (entry: Entry, signal: AbortSignal) => Promise<void>;

/** A worker's handler that, when the process is asked to stop, gives an unfinished job back instead of failing it. */
export function attend(boss: PgBoss, queue: string, { asked, over }: Closing, handler: Handler) {
  return async ([entry]: Entry[]): Promise<void> => {
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
      await handBack(boss, queue, entry.id);
    } finally {
      over.removeEventListener("abort", stop);
    }
  };
}
