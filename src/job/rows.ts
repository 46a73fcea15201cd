import type { JobWithMetadata, PgBoss } from "pg-boss";

// What pg-boss has no call for. Its table is part of its documentation: https://timgit.github.io/pg-boss/#/sql
export const table = "pgboss.job";

/** One attempt at a job. pg-boss counts them, and tells a late answer of an old one from the new one by it. */
export type Attempt = Pick<JobWithMetadata, "id" | "retryCount">;

/**
 * Gives an active job back, to be taken again at once, unless it is another's attempt by now. The interrupted attempt does
 * not count: the limit grows with it. It must not be the count that shrinks, by which attempts are told apart.
 */
export async function handBack(boss: PgBoss, queue: string, { id, retryCount }: Attempt): Promise<void> {
  await boss.getDb().executeSql(
    `UPDATE ${table} SET state = 'retry', retry_limit = retry_limit + 1, start_after = now(), heartbeat_on = NULL
     WHERE name = $1 AND id = $2 AND state = 'active' AND retry_count = $3`,
    [queue, id, retryCount],
  );
}

/**
 * Gives a job back that failed while GitHub wants to be asked nothing by its installation, to be taken again when that is
 * over. As in `handBack` the attempt does not count, for a day from the job's first. False: this is no such failure.
 */
export async function putBackWhileLimited(
  boss: PgBoss,
  queue: string,
  { id, retryCount }: Attempt,
  installation: number,
): Promise<boolean> {
  const { rows } = await boss.getDb().executeSql(
    `UPDATE ${table} SET state = 'retry', retry_limit = retry_limit + 1, start_after = limited_until,
       heartbeat_on = NULL, output = coalesce(output, '{}') || jsonb_build_object('limitedUntil', limited_until)
     FROM firstdraft.paces AS known WHERE installation = $4 AND firstdraft.limit_of(known) > clock_timestamp()
       AND name = $1 AND id = $2 AND state = 'active' AND retry_count = $3
       AND created_on > now() - interval '1 day' RETURNING id`,
    [queue, id, retryCount, installation],
  );
  return rows.length > 0;
}

/** Gives an active job back for so many seconds, in which something else has to end. The attempt does not count. */
export async function putBackFor(
  seconds: number,
  boss: PgBoss,
  queue: string,
  { id, retryCount }: Attempt,
): Promise<void> {
  await boss.getDb().executeSql(
    `UPDATE ${table} SET state = 'retry', retry_limit = retry_limit + 1, heartbeat_on = NULL,
       start_after = now() + $4 * interval '1s' WHERE name = $1 AND id = $2 AND state = 'active' AND retry_count = $3`,
    [queue, id, retryCount, seconds],
  );
}

/** Seconds by which a heart counts as stopped before pg-boss says so, which looks after us and would count the attempt. */
const ahead = 2;

/** How many attempts may be lost with their process, one after the other, and how many of them do not count. */
const mostLost = 7;
const notCounted = 4;
const lost = "coalesce((output->>'lost')::int, 0)";

/**
 * Takes back what a dead process had at work, to be taken again at once: that it died need not be the job's fault, so the
 * attempt does not count, the first few times. A job that kills its process each time has an end, which is not made here.
 * `which` names the dead: all that are active, or those whose heart has stopped.
 */
export async function takeBack(
  boss: PgBoss,
  queues: readonly string[],
  which: "active" | "silent",
): Promise<void> {
  const isSilent =
    which === "silent" ? `heartbeat_on + (heartbeat_seconds - ${ahead}) * interval '1s' < now()` : "true";
  await boss.getDb().executeSql(
    `UPDATE ${table} SET state = 'retry', start_after = now(), heartbeat_on = NULL,
       retry_limit = CASE WHEN ${lost} < ${notCounted} THEN retry_limit + 1 ELSE retry_limit END,
       output = coalesce(output, '{}') || jsonb_build_object('lost', ${lost} + 1)
     WHERE name = ANY($1) AND state = 'active' AND ${isSilent}
       AND (${lost} < ${notCounted} OR (${lost} < ${mostLost} AND retry_count < retry_limit))`,
    [queues],
  );
}

/** How many attempts at a job were lost with their process, one after the other, up to the last. */
export const lostOf = ({ output }: Pick<JobWithMetadata, "output">): number =>
  Number((output as { lost?: unknown } | null)?.lost ?? 0);

/** Ends the attempts of a process that died: each job is taken again at once, or is dead if that was its last attempt. */
export async function endActive(boss: PgBoss, queue: string): Promise<void> {
  await takeBack(boss, [queue], "active");
  const { rows } = await boss
    .getDb()
    .executeSql(`SELECT id FROM ${table} WHERE name = $1 AND state = 'active'`, [queue]);
  if (rows.length === 0) return;
  const ids = rows.map((row) => row.id as string);
  await boss.fail(queue, ids, { message: "the process that worked on it died" });
}

/**
 * Throws where an attempt is no longer the one that counts: its job was given to another, or is over. Else it counts as
 * alive from now on, so that there is time for what the claim was asked for.
 */
export async function requireClaim(boss: PgBoss, queue: string, { id, retryCount }: Attempt): Promise<void> {
  const { rows } = await boss.getDb().executeSql(
    `UPDATE ${table} SET heartbeat_on = now()
     WHERE name = $1 AND id = $2 AND state = 'active' AND retry_count = $3 RETURNING id`,
    [queue, id, retryCount],
  );
  if (rows.length > 0) return;
  throw new Error("this process has lost its claim on the job: another may be at work on it");
}

/** Makes room for a new job under an id whose last job has ended. */
export async function forgetEnded(boss: PgBoss, queue: string, id: string): Promise<void> {
  await boss
    .getDb()
    .executeSql(
      `DELETE FROM ${table} WHERE name = $1 AND id = $2 AND state IN ('completed', 'cancelled', 'failed')`,
      [queue, id],
    );
}
