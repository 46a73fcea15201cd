import { execFileSync, spawn } from "node:child_process";
import { chownSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";

export interface TestPostgres {
  readonly url: string;
  stop(): Promise<void>;
}

/** Where Debian and Ubuntu put the server's programs, newest version last. */
const versions = "/usr/lib/postgresql";

export function postgresPrograms(): string | null {
  if (!existsSync(versions)) return null;
  const newest = readdirSync(versions)
    .sort((a, b) => Number(a) - Number(b))
    .at(-1);
  const programs = join(versions, String(newest), "bin");
  return existsSync(join(programs, "initdb")) ? programs : null;
}

/** A PostgreSQL of our own on a socket in a temporary folder; it refuses to run as root, so root steps down. */
export async function startPostgres(programs: string): Promise<TestPostgres> {
  const root = mkdtempSync(join(tmpdir(), "firstdraft-pg-"));
  const data = join(root, "data");
  mkdirSync(data, { mode: 0o700 });
  const nobody = 65534;
  const user = process.getuid?.() === 0 ? { uid: nobody, gid: nobody } : {};
  if (user.uid) for (const path of [root, data]) chownSync(path, nobody, nobody);
  const options = { ...user, cwd: root, env: { PATH: process.env.PATH, LC_ALL: "C" } };
  execFileSync(join(programs, "initdb"), ["-D", data, "-A", "trust", "-U", "firstdraft", "--no-sync"], {
    ...options,
    stdio: "pipe",
  });
  const server = spawn(
    join(programs, "postgres"),
    ["-D", data, "-k", root, "-c", "listen_addresses=", "-c", "fsync=off"],
    { ...options, stdio: "ignore" },
  );
  const exited = new Promise<void>((resolve) => server.once("exit", () => resolve()));
  while (!existsSync(join(root, ".s.PGSQL.5432"))) {
    if (server.exitCode !== null) throw new Error(`postgres ended with ${server.exitCode}`);
    await delay(20);
  }
  return {
    url: `postgresql://firstdraft@localhost/postgres?host=${encodeURIComponent(root)}`,
    stop: async () => {
      server.kill("SIGQUIT");
      await exited;
      rmSync(root, { recursive: true, force: true });
    },
  };
}
