import { join } from "node:path";
import pg from "pg";
import { type ConstructorOptions, fromPglite, PgBoss } from "pg-boss";
import pgBoss from "pg-boss/package.json" with { type: "json" };
import { Problem } from "../log/problem.ts";
import { lockFolder } from "./lock.ts";
import { migrate, type Sql } from "./migrate.ts";

/** Where the jobs are kept. */
export interface Store {
  readonly boss: PgBoss;
  /** No other process can be at work on these jobs: what stands as active when we start, nobody works on. */
  readonly exclusive: boolean;
  /** For our own tables. */
  readonly sql: Sql;
  /** The same as one session of this process's own: what it holds ends with the process. */
  readonly session: Sql;
  close(): Promise<void>;
}

export interface StoreOptions {
  /** A folder of this process's own. */
  readonly dataDir: string;
  /** PostgreSQL. Absent: PGlite, in `dataDir`. */
  readonly databaseUrl?: string;
  /** Called with what goes wrong between jobs, e.g. a lost connection; the queue goes on by itself. */
  readonly onError: (error: Error) => void;
}

const common: ConstructorOptions = {
  // Its spans would tell in an error's own words what went wrong with a run.
  openTelemetry: { enabled: false },
  useListenNotify: true,
  schedule: false,
  registerInstance: false,
  // `supervise.ts` calls for it.
  supervise: false,
  monitorIntervalSeconds: 15,
};

/** PostgreSQL's code, https://www.postgresql.org/docs/current/errcodes-appendix.html */
const insufficientPrivilege = "42501";

/** PGlite's cache. Its own default is 128 MB, for a queue of kilobytes. */
const cache = "8MB";

/**
 * Opens the store, and makes its tables the first time. `dataDir` is this process's until `close`, wherever the jobs are:
 * runs clear their folders in it. Throws `data-dir-locked`, `data-dir-unusable`, `database-unreachable`, `database-forbidden`,
 * `database-newer`.
 */
export async function openStore(options: StoreOptions): Promise<Store> {
  const lock = lockFolder(options.dataDir);
  try {
    const store = await (options.databaseUrl
      ? openPostgres(options.databaseUrl, options)
      : openPglite(options));
    const close = async () => {
      await store.close();
      lock.release();
    };
    return { ...store, close };
  } catch (error) {
    lock.release();
    throw error;
  }
}

/**
 * Our own tables alone, for who takes no jobs; a PostgreSQL may be at work for others meanwhile. Throws as `openStore`.
 */
export async function openTables(options: StoreOptions): Promise<Pick<Store, "sql" | "close">> {
  return options.databaseUrl ? openPostgres(options.databaseUrl, options) : openStore(options);
}

async function openPostgres(connectionString: string, { onError }: StoreOptions): Promise<Store> {
  const boss = new PgBoss({ ...common, connectionString, application_name: "firstdraft" });
  boss.on("error", onError);
  // One connection, made when it is first asked for, kept while it is idle, and made anew when it is lost.
  const own = new pg.Pool({
    ...{ connectionString, application_name: "firstdraft", keepAlive: true, max: 1, idleTimeoutMillis: 0 },
  });
  own.on("error", onError);
  const session: Sql = async (text, values) => (await own.query(text, values && [...values])).rows;
  try {
    await boss.start();
    const sql = sqlOf(boss);
    await makeTables(boss, sql);
    const close = async () => {
      await Promise.all([boss.stop({ graceful: false }), own.end()]);
    };
    return { boss, sql, session, exclusive: false, close };
  } catch (cause) {
    await boss.stop({ graceful: false });
    if (cause instanceof Problem) throw cause;
    const isForbidden = (cause as { code?: unknown }).code === insufficientPrivilege;
    const code = isForbidden ? "database-forbidden" : "database-unreachable";
    throw new Problem(code, { why: reason(cause) }, { cause });
  }
}

async function openPglite({ dataDir, onError }: StoreOptions): Promise<Store> {
  try {
    // Loaded here: 30 MB that nobody needs who brings a PostgreSQL.
    const { PGlite } = await import("@electric-sql/pglite");
    const startParams = [...PGlite.defaultStartParams, "-c", `shared_buffers=${cache}`];
    const database = await PGlite.create(join(dataDir, "queue"), { startParams });
    const boss = new PgBoss({ ...common, db: fromPglite(database), backend: "pglite" });
    boss.on("error", onError);
    await boss.start();
    const close = async () => {
      await boss.stop({ graceful: false });
      await database.close();
    };
    const sql = sqlOf(boss);
    await makeTables(boss, sql).catch(async (error) => {
      await close();
      throw error;
    });
    return { boss, sql, session: sql, exclusive: true, close };
  } catch (cause) {
    if (cause instanceof Problem) throw cause;
    throw new Problem("data-dir-unusable", { dir: dataDir, why: reason(cause) }, { cause });
  }
}

/** Our own tables, beside the queue's, which pg-boss has made: it would go on with those of a later version. */
async function makeTables(boss: PgBoss, sql: Sql): Promise<void> {
  const version = (await boss.schemaVersion()) ?? 0;
  const known = pgBoss.pgboss.schema;
  if (version > known) throw new Problem("database-newer", { version, known });
  await migrate(sql);
}

/** By the queue's own connections. */
function sqlOf(boss: PgBoss): Sql {
  const database = boss.getDb();
  return async <Row>(text: string, values?: readonly unknown[]) => {
    const { rows } = await database.executeSql(text, values === undefined ? undefined : [...values]);
    return rows as Row[];
  };
}

/** The first line only, and an AggregateError (both addresses of localhost refused) has its sentence inside. */
function reason(cause: unknown): string {
  const error = cause instanceof AggregateError ? cause.errors[0] : cause;
  return String(error instanceof Error ? error.message : error).split("\n", 1)[0] ?? "";
}
