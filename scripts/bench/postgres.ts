import { execFile, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync } from "node:fs";
import { chown, mkdtemp } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { promisify } from "node:util";
import { freePort } from "../../src/demo/start-app.ts";

const debian = "/usr/lib/postgresql";

export interface Postgres extends AsyncDisposable {
  /** For `DATABASE_URL`. */
  readonly url: string;
}

/** A PostgreSQL of our own, from Debian's package; null where that is not installed. */
export async function startPostgres(folder: string): Promise<Postgres | null> {
  const bin = binaries();
  if (bin === null) return null;
  // It refuses to run as root.
  const identity = process.getuid?.() === 0 ? userOf("postgres") : null;
  const dir = await mkdtemp(join(folder, "postgres-"));
  if (identity !== null) await chown(dir, identity.uid, identity.gid);
  const data = join(dir, "data");
  const initial = ["-D", data, "--auth=trust", "--username=bench", "--no-sync", "--encoding=UTF8"];
  await promisify(execFile)(join(bin, "initdb"), initial, { ...identity, cwd: dir });
  const port = await freePort();
  const server = spawn(join(bin, "postgres"), ["-D", data, "-h", "127.0.0.1", "-p", `${port}`, "-k", dir], {
    ...identity,
    cwd: dir,
    stdio: "ignore",
  });
  const gone = once(server, "exit");
  const isReady = () =>
    promisify(execFile)(join(bin, "pg_isready"), ["-h", "127.0.0.1", "-p", `${port}`]).then(
      () => true,
      () => false,
    );
  for (let tries = 0; !(await isReady()); tries++) {
    if (tries > 100 || server.exitCode !== null) throw new Error("PostgreSQL did not start");
    await delay(100);
  }
  return {
    url: `postgresql://bench@127.0.0.1:${port}/postgres`,
    [Symbol.asyncDispose]: async () => {
      server.kill("SIGINT");
      await gone;
    },
  };
}

/** Debian keeps each version's programs in a folder of its own. */
function binaries(): string | null {
  if (!existsSync(debian)) return null;
  const newest = readdirSync(debian).toSorted((a, b) => Number(b) - Number(a));
  const folders = newest.map((version) => join(debian, version, "bin"));
  return (
    folders.find((bin) =>
      ["initdb", "postgres", "pg_isready"].every((name) => existsSync(join(bin, name))),
    ) ?? null
  );
}

function userOf(name: string): { readonly uid: number; readonly gid: number } {
  const ask = (which: string) => Number(execFileSync("id", [which, name], { encoding: "utf8" }));
  return { uid: ask("-u"), gid: ask("-g") };
}
