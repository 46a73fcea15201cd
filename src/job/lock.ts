import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { Problem } from "../log/problem.ts";

/** SQLite's result code for "somebody else has the lock", https://www.sqlite.org/rescode.html#busy */
const busy = 5;

/** The locks of this process: one that nobody refers to would be collected as garbage, and its folder be free. */
const held = new Set<DatabaseSync>();

/**
 * Makes the folder ours until `release` or the end of the process, however it ends: SQLite takes a lock of the operating
 * system, which dies with its holder. Two processes on one PGlite folder lose each other's rows, and two that run jobs in one folder
 * clear each other's workspaces.
 * Throws `data-dir-locked`, `data-dir-unusable`.
 */
export function lockFolder(dir: string): { release(): void } {
  const pidFile = join(dir, "pid");
  try {
    mkdirSync(dir, { recursive: true, mode: 0o700 });
    const lock = new DatabaseSync(join(dir, "lock"), { timeout: 0 });
    lock.exec("PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE");
    writeFileSync(pidFile, `${process.pid}\n`);
    held.add(lock);
    const release = () => {
      held.delete(lock);
      lock.close();
    };
    return { release };
  } catch (cause) {
    if ((cause as { errcode?: unknown }).errcode === busy) {
      throw new Problem("data-dir-locked", { dir, pid: holder(pidFile) }, { cause });
    }
    throw new Problem("data-dir-unusable", { dir, why: (cause as Error).message }, { cause });
  }
}

function holder(pidFile: string): string {
  try {
    return readFileSync(pidFile, "utf8").trim();
  } catch {
    // The holder has the lock but has not written its number yet.
    return "unknown";
  }
}
