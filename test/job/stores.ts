import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { StoreOptions } from "../../src/job/store.ts";

export const temporary = () => mkdtempSync(join(tmpdir(), "firstdraft-job-"));
export const remove = (dir: string) => rmSync(dir, { recursive: true, force: true });

export function pglite(dataDir: string): StoreOptions {
  return { dataDir, onError: (error) => console.error(error) };
}
