import { Problem } from "../log/problem.ts";
import type { Sql } from "./migrate.ts";

/** pg-boss's tables whose rows are work; what else it keeps it makes anew. Queues before the jobs that are in them. */
const ofQueue = ["pgboss.queue", "pgboss.job"];

/**
 * Copies jobs and our own tables into a database that has none yet, all of it or nothing. Returns how many rows of each table
 * there were. Both sides must be of this version. Throws `move-not-empty`.
 */
export async function moveRows(from: Sql, to: Sql): Promise<Readonly<Record<string, number>>> {
  const tables = [...ofQueue, ...(await ownTables(from))];
  for (const table of tables.slice(1)) {
    const [row] = await to<{ some: boolean }>(`SELECT EXISTS (SELECT FROM ${table}) AS some`);
    if (row?.some) throw new Problem("move-not-empty", { table });
  }
  const contents: string[] = [];
  const counts: Record<string, number> = {};
  for (const table of tables) {
    const [row] = await from<{ rows: string; count: number }>(
      `SELECT coalesce(jsonb_agg(to_jsonb(t)), '[]')::text AS rows, count(*)::int AS count FROM ${table} t`,
    );
    contents.push(row?.rows ?? "[]");
    counts[table] = row?.count ?? 0;
  }
  const copies = tables.map(
    (table, at) =>
      `c${at} AS (INSERT INTO ${table} SELECT * FROM jsonb_populate_recordset(NULL::${table}, $${at + 1}::jsonb)
       ON CONFLICT DO NOTHING)`,
  );
  await to(`WITH ${copies.join(", ")} SELECT 1`, contents);
  return counts;
}

/** Our own, but for the list of what was made when, which the other database has of its own. */
async function ownTables(sql: Sql): Promise<string[]> {
  const rows = await sql<{ name: string }>(
    `SELECT quote_ident(tablename) AS name FROM pg_tables
     WHERE schemaname = 'firstdraft' AND tablename <> 'migrations' ORDER BY tablename`,
  );
  return rows.map(({ name }) => `firstdraft.${name}`);
}
