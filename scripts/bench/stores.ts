import type { StoreOptions } from "../../src/job/store.ts";
import { startPostgres } from "./postgres.ts";
import { notMeasured, type Row } from "./row.ts";

/** One of the two places where the queue can be. */
export interface BenchStore {
  readonly name: "PGlite" | "PostgreSQL";
  /** For `openStore`; a data folder is to be added. */
  readonly options: Pick<StoreOptions, "databaseUrl" | "onError">;
  /** For an App. */
  readonly env: Readonly<Record<string, string>>;
}

const onError = (error: Error) => process.stderr.write(`queue: ${error.message}\n`);

/** Measures on PGlite, then on a PostgreSQL of our own; where that is not installed a line says so, about `what`. */
export async function onBothStores(
  folder: string,
  what: string,
  measure: (store: BenchStore) => Promise<readonly Row[]>,
): Promise<Row[]> {
  const rows = [...(await measure({ name: "PGlite", options: { onError }, env: {} }))];
  const postgres = await startPostgres(folder);
  if (postgres === null)
    return [
      ...rows,
      notMeasured(`${what}, PostgreSQL`, "", null, "PostgreSQL is not installed (Debian: postgresql)"),
    ];
  await using server = postgres;
  const { url } = server;
  rows.push(
    ...(await measure({
      name: "PostgreSQL",
      options: { databaseUrl: url, onError },
      env: { DATABASE_URL: url },
    })),
  );
  return rows;
}
