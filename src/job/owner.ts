import { randomUUID } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Problem } from "../log/problem.ts";

/** A name for whoever works with the folder, the same each time and nobody else's. Throws `data-dir-unusable`. */
export function ownerOf(dir: string): string {
  const file = join(dir, "owner");
  try {
    mkdirSync(dir, { recursive: true, mode: 0o700 });
    writeFileSync(file, randomUUID(), { flag: "wx", mode: 0o600 });
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== "EEXIST")
      throw new Problem("data-dir-unusable", { dir, why: (cause as Error).message }, { cause });
  }
  return readFileSync(file, "utf8").trim();
}
