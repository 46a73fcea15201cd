import { join } from "node:path";
import { type ConstructorOptions, fromPglite, PgBoss } from "pg-boss";
import { Problem } from "../log/problem.ts";
import { lockFolder } from "./lock.ts";

/** Where the jobs are kept. */
export interface Store {
  readonly boss: PgBoss;
  /** No other process can be at work on these jobs: what stands as active when we start, nobody works on. */
  readonly exclusive: boolean;
  close(): Promise<void>;
}

export interface StoreOptions {
  readonly dataDir: string;
  /** PostgreSQL. Absent: PGlite, in `dataDir`. */
  readonly databaseUrl?: string;
  /** Called with what goes wrong between jobs, e.g. a lost connection; the queue goes on by itself. */
  readonly onError: (error: Error) => void;
}

const common: ConstructorOptions = {
  useListenNotify: true,
  schedule: false,
  registerInstance: false,
  superviseIntervalSeconds: 15,
  monitorIntervalSeconds: 15,
};

/** PGlite's cache. Its own default is 128 MB, for a queue of kilobytes. */
const cache = "8MB";

/** Opens the store, and makes its tables the first time. Throws `data-dir-locked`, `data-dir-unusable`, `database-unreachable`. */
export async function openStore(options: StoreOptions): Promise<Store> {
  return options.databaseUrl ? openPostgres(options.databaseUrl, options) : openPglite(options);
}

async function openPostgres(connectionString: string, { onError }: StoreOptions): Promise<Store> {
  const boss = new PgBoss({ ...common, connectionString, application_name: "firstdraft" });
  boss.on("error", onError);
  try {
    await boss.start();
  } catch (cause) {
    await boss.stop({ graceful: false });
    throw new Problem("database-unreachable", { why: reason(cause) }, { cause });
  }
  return { boss, exclusive: false, close: () => boss.stop({ graceful: false }) };
}

async function openPglite({ dataDir, onError }: StoreOptions): Promise<Store> {
  const lock = lockFolder(dataDir);
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
      lock.release();
    };
    return { boss, exclusive: true, close };
  } catch (cause) {
    lock.release();
    throw new Problem("data-dir-unusable", { dir: dataDir, why: reason(cause) }, { cause });
  }
}

/** The first line only, and an AggregateError (both addresses of localhost refused) has its sentence inside. */
function reason(cause: unknown): string {
  const error = cause instanceof AggregateError ? cause.errors[0] : cause;
  return String(error instanceof Error ? error.message : error).split("\n", 1)[0] ?? "";
}
