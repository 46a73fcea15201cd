import type { Sql } from "./migrate.ts";
import { all } from "./queues.ts";
import { table } from "./rows.ts";

/** Seconds that a clock is put right by as a matter of course. */
const slight = 2;

/**
 * Moves the times of all jobs that are not over by as much as the database's clock was set back, where that shows: in one
 * that came, began or was alive in what is the future now. Else each would wait for that long beyond its time. In one
 * transaction, one process after the other: the second finds nothing left to move.
 */
export async function followSetBack(sql: Sql): Promise<void> {
  const live = `name IN (${all.map((name) => `'${name}'`).join(", ")}) AND state <= 'active'`;
  await sql(
    `SELECT pg_advisory_xact_lock(hashtextextended('firstdraft.set_back', 0));
     UPDATE ${table} SET created_on = created_on - by, started_on = started_on - by,
       start_after = start_after - by, heartbeat_on = heartbeat_on - by
     FROM (SELECT max(greatest(created_on, started_on, heartbeat_on)) - now() AS by FROM ${table} WHERE ${live}) AS back
     WHERE by > interval '${slight} seconds' AND ${live};`,
  );
}
