import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Only root can make a small disk. */
export const canHaveSmallDisk = process.getuid?.() === 0;

export interface SmallDisk extends Disposable {
  readonly folder: string;
  /** Takes all that is free but so many bytes, until `free`. */
  fill(but?: number): void;
  free(): void;
}

/** A disk of so many MiB. Open a sandbox after it: one that was there before may not see it. */
export function smallDisk(mib: number): SmallDisk {
  const folder = mkdtempSync(join(tmpdir(), "small-disk-"));
  execFileSync("mount", ["-t", "tmpfs", "-o", `size=${mib}m,mode=711`, "firstdraft", folder]);
  const filler = join(folder, "filler");
  return {
    folder,
    fill(but = 0) {
      let size = 1024 * 1024;
      // Until nothing more fits, in ever smaller pieces.
      while (size >= 4096) {
        try {
          writeFileSync(filler, Buffer.alloc(size), { flag: "a" });
        } catch {
          size /= 2;
        }
      }
      if (but > 0) execFileSync("truncate", ["-s", `-${but}`, filler]);
    },
    free: () => rmSync(filler, { force: true }),
    [Symbol.dispose]() {
      execFileSync("umount", ["-l", folder]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
