import { setTimeout as delay } from "node:timers/promises";
import type { PgBoss } from "pg-boss";
import { Problem } from "../log/problem.ts";
import { runJobId } from "./identity.ts";
import { type Job, keyOf } from "./job.ts";
import { runs } from "./queues.ts";
import { table } from "./rows.ts";
import { stepUp } from "./turns.ts";

// A cancellation is a row. Whoever has the run sees it and ends it; a run that nobody has is ended by who cancels.

/** A run that is cancelled: `waiting` is over by now, `working` will be within seconds, and says so itself. */
export interface Cancelled {
  readonly job: Job;
  readonly state: "waiting" | "working";
}

/** Milliseconds from one look to the next while a run works. */
const pause = 1000;
/** Longer than GitHub delivers again. */
const keptDays = 7;

/**
 * Cancels what was asked for under these numbers before `by` was. Returns what there was; called again for the same job, the
 * same.
 */
export async function cancelRuns(boss: PgBoss, by: Job, numbers: readonly number[]): Promise<Cancelled[]> {
  const sql = boss.getDb();
  const keys = numbers.map((number) => keyOf(by.repository, number));
  const ids = keys.map(runJobId);
  const { requestedAt, requestedBy, deliveryId } = by;
  await sql.executeSql(
    `INSERT INTO firstdraft.cancels AS old (job_key, at, login, stopped)
       SELECT key, $3::timestamptz, $4, data->>'deliveryId' FROM unnest($1::text[], $2::uuid[]) AS given (key, run_id)
         LEFT JOIN ${table} ON name = '${runs}' AND id = run_id AND state <= 'active'
           AND (data->>'requestedAt')::timestamptz <= $3::timestamptz
       ON CONFLICT (job_key) DO UPDATE SET at = EXCLUDED.at, login = EXCLUDED.login,
         stopped = coalesce(EXCLUDED.stopped, old.stopped) WHERE old.at <= EXCLUDED.at`,
    [keys, ids, requestedAt, requestedBy.login],
  );
  await sql.executeSql(
    `DELETE FROM firstdraft.cancels WHERE at < now() - interval '${keptDays} days' AND job_key <> ALL($1)`,
    [keys],
  );
  await sql.executeSql(
    `UPDATE ${table} SET state = 'cancelled', completed_on = now(), output = jsonb_build_object('cancelledBy', $2::text)
     WHERE name = '${runs}' AND id = ANY($1::uuid[]) AND state < 'active'
       AND (data->>'requestedAt')::timestamptz <= $3::timestamptz`,
    [ids, deliveryId, requestedAt],
  );
  const { rows } = await sql.executeSql(
    `SELECT data, singleton_key AS line, state = 'cancelled' AS over FROM ${table}
     WHERE name = '${runs}' AND id = ANY($1::uuid[]) AND (output->>'cancelledBy' = $2
       OR state = 'active' AND (data->>'requestedAt')::timestamptz <= $3::timestamptz)`,
    [ids, deliveryId, requestedAt],
  );
  for (const { data, line } of rows) await stepUp(boss, data as Job, String(line));
  return rows.map(({ data, over }) => ({ job: data as Job, state: over === true ? "waiting" : "working" }));
}

/** Who cancelled what this job asks for; null: nobody did. */
export async function cancelledBy(boss: PgBoss, job: Job): Promise<string | null> {
  const { rows } = await boss.getDb().executeSql(
    `SELECT login FROM firstdraft.cancels
     WHERE job_key = $1 AND (at > $2::timestamptz OR stopped = $3)`,
    [job.key, job.requestedAt, job.deliveryId],
  );
  return rows[0] === undefined ? null : String(rows[0].login);
}

/** A signal that is aborted by problem `cancelled` once somebody cancels the job, until `over` is. */
export async function heedCancels(boss: PgBoss, job: Job, over: AbortSignal): Promise<AbortSignal> {
  const cancelled = new AbortController();
  const look = async () => {
    const login = await cancelledBy(boss, job);
    if (login !== null) cancelled.abort(new Problem("cancelled", { login }));
  };
  await look();
  const keepLooking = async () => {
    while (!over.aborted && !cancelled.signal.aborted) {
      await delay(pause, null, { signal: over }).catch(() => {});
      // A database that is away for a while is asked again.
      if (!over.aborted) await look().catch(() => {});
    }
  };
  void keepLooking();
  return cancelled.signal;
}
