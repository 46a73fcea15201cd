import { mkdtemp } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { startAppPlace } from "./app.ts";
import { memoryOf } from "./memory.ts";
import { startPostgres } from "./postgres.ts";
import { type Measure, notMeasured, type Row, row } from "./row.ts";

/** Seconds after its start in which the App has nothing to do. */
const rest = 5;

/** What the App needs while it waits, a queue that was made before under it. */
export const idle: Measure = {
  name: "idle",
  async measure({ folder }) {
    const what = (store: string) => `idle memory of the App with ${store}`;
    const pglite = await idleMemory(folder, {}, what("PGlite"));
    const postgres = await startPostgres(folder);
    if (postgres === null)
      return [
        pglite,
        notMeasured(what("PostgreSQL"), "MB", null, "PostgreSQL is not installed (Debian: postgresql)"),
      ];
    await using server = postgres;
    return [pglite, await idleMemory(folder, { DATABASE_URL: server.url }, what("PostgreSQL"))];
  },
};

async function idleMemory(folder: string, env: Readonly<Record<string, string>>, what: string): Promise<Row> {
  const DATA_DIR = await mkdtemp(join(folder, "data-"));
  const first = await restingMemory(folder, { ...env, DATA_DIR });
  const again = await restingMemory(folder, { ...env, DATA_DIR });
  const note = `VmRSS ${rest} s after its start; at its very first start, which makes the tables: ${Math.round(first / 1e6)} MB`;
  return row(what, [again / 1e6], "MB", null, note);
}

async function restingMemory(folder: string, env: Readonly<Record<string, string>>): Promise<number> {
  await using place = await startAppPlace(folder, env);
  await delay(rest * 1000);
  const bytes = memoryOf(place.app.pid);
  if (bytes === null) throw new Error("the App has ended");
  return bytes;
}
