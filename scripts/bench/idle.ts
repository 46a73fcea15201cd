import { setTimeout as delay } from "node:timers/promises";
import { startAppPlace } from "./app.ts";
import { memoryOf } from "./memory.ts";
import { startPostgres } from "./postgres.ts";
import { type Measure, notMeasured, type Row, row } from "./row.ts";

/** Seconds after its start in which the App has nothing to do. */
const rest = 5;

/** What the App needs while it waits. */
export const idle: Measure = {
  name: "idle",
  async measure({ folder }) {
    const what = (store: string) => `idle memory of the App with ${store}`;
    const withPglite = await idleMemory(folder, {}, what("PGlite"));
    const postgres = await startPostgres(folder);
    if (postgres === null)
      return [withPglite, notMeasured(what("PostgreSQL"), "MB", null, "apt-get install -y postgresql")];
    await using server = postgres;
    return [withPglite, await idleMemory(folder, { DATABASE_URL: server.url }, what("PostgreSQL"))];
  },
};

async function idleMemory(folder: string, env: Readonly<Record<string, string>>, what: string): Promise<Row> {
  await using place = await startAppPlace(folder, env);
  await delay(rest * 1000);
  const bytes = memoryOf(place.app.pid);
  if (bytes === null) throw new Error("the App has ended");
  return row(what, [bytes / 1e6], "MB", null, `VmRSS of its process, ${rest} s after its start`);
}
