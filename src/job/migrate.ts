import { Problem } from "../log/problem.ts";
import { migrations } from "./migrations.ts";

/** One statement, or several without values: as one transaction. Numbers of 64 bits come as numbers or as text. */
export type Sql = <Row>(text: string, values?: readonly unknown[]) => Promise<readonly Row[]>;

/** PostgreSQL's code, https://www.postgresql.org/docs/current/errcodes-appendix.html */
const uniqueViolation = "23505";

/**
 * Brings our own tables to this version's form; two that start at once wait for each other, and what breaks off is as if it
 * had not begun. Throws `database-newer` where a later version has been at work.
 */
export async function migrate(sql: Sql): Promise<void> {
  const steps = migrations.map(
    (step, index) => `DO $migrate$ BEGIN
      IF NOT EXISTS (SELECT FROM firstdraft.migrations WHERE version = ${index + 1}) THEN
        EXECUTE $step$${step}$step$;
        INSERT INTO firstdraft.migrations (version) VALUES (${index + 1});
      END IF;
    END $migrate$;`,
  );
  const all = `SELECT pg_advisory_xact_lock(hashtextextended('firstdraft.migrations', 0));
    CREATE SCHEMA IF NOT EXISTS firstdraft;
    CREATE TABLE IF NOT EXISTS firstdraft.migrations (
      version int PRIMARY KEY,
      at timestamptz NOT NULL DEFAULT clock_timestamp()
    );
    ${steps.join("\n")}`;
  await sql(all).catch((error: { code?: string }) => {
    // Whoever has waited may not see yet that the schema is there by now; the next time it does.
    if (error.code !== uniqueViolation) throw error;
    return sql(all);
  });
  const [row] = await sql<{ version: number }>("SELECT max(version) AS version FROM firstdraft.migrations");
  const { version = 0 } = row ?? {};
  if (version > migrations.length) throw new Problem("database-newer", { version, known: migrations.length });
}
