import { afterAll, beforeAll, test } from "@jest/globals";
import { postgresPrograms, startPostgres, type TestPostgres } from "../job/postgres.ts";

/** A PostgreSQL for the tests of a file. `url` throws before they begin; `onPostgres` skips where Debian's package is missing. */
export function ownPostgres(): { url(): string; onPostgres: typeof test | typeof test.skip } {
  const programs = postgresPrograms();
  let postgres: TestPostgres | undefined;
  beforeAll(async () => {
    if (programs !== null) postgres = await startPostgres(programs);
  });
  afterAll(() => postgres?.stop());
  return {
    onPostgres: programs === null ? test.skip : test,
    url() {
      if (postgres === undefined) throw new Error("There is no PostgreSQL.");
      return postgres.url;
    },
  };
}
