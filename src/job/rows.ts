import type { PgBoss } from "pg-boss";

// What pg-boss has no call for. Its table is part of its documentation: https://timgit.github.io/pg-boss/#/sql
const table = "pgboss.job";

/**
 * Gives an active job back, to be taken again at once. The interrupted attempt does not count: the limit grows with it.
 * It must not be the count that shrinks, since pg-boss tells a late answer of the old attempt from the new one by it.
 */
export async function handBack(boss: PgBoss, queue: string, id: string): Promise<void> {
  await boss.getDb().executeSql(
    `UPDATE ${table} SET state = 'retry', retry_limit = retry_limit + 1, start_after = now(), heartbeat_on = NULL
     WHERE name = $1 AND id = $2 AND state = 'active'`,
    [queue, id],
  );
}

/** Ends the attempts of a process that died: each job is taken again at once, or is dead if that was its last attempt. */
export async function endActive(boss: PgBoss, queue: string): Promise<void> {
  const sql = boss.getDb();
  const { rows } = await sql.executeSql(`SELECT id FROM ${table} WHERE name = $1 AND state = 'active'`, [
    queue,
  ]);
  if (rows.length === 0) return;
  const ids = rows.map((row) => row.id as string);
  await boss.fail(queue, ids, { message: "the process that worked on it died" });
  await sql.executeSql(
    `UPDATE ${table} SET start_after = now() WHERE name = $1 AND id = ANY($2::uuid[]) AND state = 'retry'`,
    [queue, ids],
  );
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
