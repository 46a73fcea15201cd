import type { Job } from "./job.ts";
import type { Sql } from "./migrate.ts";

/** Whether a request may be made now. Who may go says `done` when it is over; what GitHub told in it is told before. */
export type Turn =
  | { readonly go: true; done(answered: boolean): Promise<void> }
  /** To be asked again in so many milliseconds; `limited`: because GitHub wants to be asked nothing until then. */
  | { readonly go: false; readonly ms: number; readonly limited: boolean };

/**
 * How the requests under one limit of GitHub's follow each other: a write begins a second after the last one's end, and
 * while a limit is known nothing is asked. When it is over one asks first, and the others once that one was answered.
 */
export interface Pace {
  ask(write: boolean): Promise<Turn>;
  /** GitHub wants to be asked nothing for so many seconds. */
  told(seconds: number): Promise<void>;
}

/** Milliseconds from one question for a turn that somebody else has to the next. */
export const whileTaken = 100;

/**
 * The pace of each installation, for all processes on one database. `sql` is to be one session, and this process's alone:
 * a turn is a lock of the session, so it ends with the process that has it, however that ends.
 */
export function openPaces(sql: Sql): (installation: number) => Pace {
  const paces = new Map<number, Pace>();
  return (installation) => {
    const pace = paces.get(installation) ?? openPace(sql, installation);
    paces.set(installation, pace);
    return pace;
  };
}

function openPace(sql: Sql, installation: number): Pace {
  // A session is given its own lock twice: what it has already only this process knows.
  let taken = false;
  let last: Promise<unknown> = Promise.resolve();
  const ask = async (write: boolean): Promise<Turn> => {
    const [row] = await sql<{ held: boolean; wait: number; limited: boolean }>(
      "SELECT * FROM firstdraft.ask_turn($1, $2, $3)",
      [installation, write, taken],
    );
    const { held = false, wait = whileTaken, limited = false } = row ?? {};
    if (wait > 0) return { go: false, ms: wait, limited };
    if (!held) return { go: true, done: async () => {} };
    taken = true;
    return {
      go: true,
      done: async (answered) => {
        // What was written stays written: without the database the session is gone, and the lock with it.
        await giveBack(answered).catch(() => {});
        taken = false;
      },
    };
  };
  const giveBack = async (answered: boolean) => {
    await sql(
      `UPDATE firstdraft.paces AS known SET next_write = clock_timestamp() + interval '1 second', limited_until =
         CASE WHEN $2 AND firstdraft.limit_of(known) <= clock_timestamp() THEN NULL ELSE limited_until END
       WHERE installation = $1`,
      [installation, answered],
    );
    // Not in the same statement: it would be free before the other's effect is seen.
    await sql("SELECT pg_advisory_unlock(firstdraft.turn_of($1))", [installation]);
  };
  return {
    ask: (write) => {
      const answer = last.then(() => ask(write));
      last = answer.catch(() => {});
      return answer;
    },
    told: async (seconds) => {
      await sql(
        `INSERT INTO firstdraft.paces AS known (installation, limited_until, told_on)
           VALUES ($1, clock_timestamp() + $2 * interval '1 second', clock_timestamp())
           ON CONFLICT (installation) DO UPDATE SET told_on = EXCLUDED.told_on,
             limited_until = greatest(firstdraft.limit_of(known), EXCLUDED.limited_until)`,
        [installation, seconds],
      );
    },
  };
}

/** Whose limits a job's requests are under. */
export const installationOf = ({ installationId = 0 }: Pick<Job, "installationId">): number => installationId;
