import { openTables, type StoreOptions } from "../../src/job/store.ts";

/** Of the given deliveries, how many are in the queue's table once and how many more often; the rest is lost. */
export async function storedOf(
  store: StoreOptions,
  guids: readonly string[],
): Promise<{ readonly once: number; readonly twice: number }> {
  const { sql, close } = await openTables(store);
  try {
    const rows = await sql<{ guid: string; rows: number }>(
      `SELECT data->>'deliveryId' AS guid, count(*)::int AS rows FROM pgboss.job WHERE name = 'intake' GROUP BY 1`,
    );
    const counts = new Map(rows.map(({ guid, rows }) => [guid, rows]));
    const found = guids.map((guid) => counts.get(guid) ?? 0);
    return {
      once: found.filter((count) => count === 1).length,
      twice: found.filter((count) => count > 1).length,
    };
  } finally {
    await close();
  }
}
