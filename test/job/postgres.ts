import { execFileSync, spawn, spawnSync } from "node:child_process";
import { chownSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";

export interface TestPostgres {
  readonly url: string;
  /** Ends every session, is away for so many milliseconds, and is there again with what it had. */
  restart(downMs: number): Promise<void>;
  /** Stops its processes where they stand: connections stay open, and nothing answers. */
  freeze(): void;
  /** They go on where they stood. */
  thaw(): void;
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
export async function startPostgres(programs: string, connections = 100): Promise<TestPostgres> {
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
  const start = async () => {
    const server = spawn(
      join(programs, "postgres"),
      ["-D", data, "-k", root, "-N", String(connections), "-c", "listen_addresses=", "-c", "fsync=off"],
      { ...options, stdio: "ignore" },
    );
    const exited = new Promise<void>((resolve) => server.once("exit", () => resolve()));
    // The socket is there before it answers: until then it says that it is starting up.
    while (spawnSync(join(programs, "pg_isready"), ["-q", "-h", root, "-U", "firstdraft"]).status !== 0) {
      if (server.exitCode !== null) throw new Error(`postgres ended with ${server.exitCode}`);
      await delay(20);
    }
    const { pid: own = 0 } = server;
    const children = () =>
      readFileSync(`/proc/${own}/task/${own}/children`, "utf8").split(" ").filter(Boolean).map(Number);
    return {
      end: (signal: NodeJS.Signals) => {
        server.kill(signal);
        return exited;
      },
      signal: (name: "SIGSTOP" | "SIGCONT") => {
        // While the first of them stands still it buries nobody, so that each child is there to be told.
        if (name === "SIGSTOP") process.kill(own, name);
        for (const pid of children()) process.kill(pid, name);
        if (name === "SIGCONT") process.kill(own, name);
      },
    };
  };
  let server = await start();
  let frozen = false;
  return {
    url: `postgresql://firstdraft@localhost/postgres?host=${encodeURIComponent(root)}`,
    // As an update of the package does it: sessions are cut off, what was committed stays.
    restart: async (downMs) => {
      await server.end("SIGINT");
      await delay(downMs);
      server = await start();
    },
    freeze: () => {
      frozen = true;
      server.signal("SIGSTOP");
    },
    thaw: () => {
      if (!frozen) return;
      frozen = false;
      server.signal("SIGCONT");
    },
    stop: async () => {
      if (frozen) server.signal("SIGCONT");
      await server.end("SIGQUIT");
      rmSync(root, { recursive: true, force: true });
    },
  };
}
