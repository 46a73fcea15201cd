import { afterAll, beforeAll, describe, test } from "@jest/globals";
import type { StoreOptions } from "../../src/job/store.ts";
import { dataFolder } from "../helpers/data-folder.ts";
import { postgresPrograms, startPostgres, type TestPostgres } from "./postgres.ts";
import { pglite, remove } from "./stores.ts";

/**
 * The same cases on PGlite and on PostgreSQL: the one that DATABASE_URL names, or else one of our own. All share one data
 * folder, and `options` are for whoever opens it next.
 */
export function onEachStore(cases: (options: () => StoreOptions) => void): void {
  const programs = postgresPrograms();
  const given = process.env.DATABASE_URL;
  let postgres: TestPostgres | undefined;
  let dir = "";
  beforeAll(async () => {
    dir = await dataFolder();
    if (!given && programs) postgres = await startPostgres(programs);
  });
  afterAll(async () => {
    remove(dir);
    await postgres?.stop();
  });

  describe("on PGlite", () => cases(() => pglite(dir)));
  if (given || programs)
    describe("on PostgreSQL", () =>
      cases(() => ({ ...pglite(dir), databaseUrl: given ?? postgres?.url ?? "" })));
  else test.skip("PostgreSQL: neither DATABASE_URL nor Debian's postgresql package is here", () => {});
}
