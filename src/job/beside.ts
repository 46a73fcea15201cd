import type { PgBoss } from "pg-boss";
import type { Job } from "./job.ts";
import { runs } from "./queues.ts";
import { table } from "./rows.ts";

/**
 * Whether there is another run for the issue of this job, asked for on its pull request: `due` where that only waits for its
 * turn, `any` also where it is at work or to be tried again later.
 */
export async function isBeside(boss: PgBoss, { key }: Job, which: "due" | "any"): Promise<boolean> {
  const states = which === "due" ? "state < 'active' AND start_after <= now()" : "state <= 'active'";
  const { rows } = await boss
    .getDb()
    .executeSql(
      `SELECT 1 FROM ${table} WHERE name = $1 AND data->>'about' = $2 AND data->>'key' <> $2 AND ${states} LIMIT 1`,
      [runs, key],
    );
  return rows.length > 0;
}
