import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openQueue } from "../../src/job/queue.ts";
import { openStore, type StoreOptions } from "../../src/job/store.ts";

export const temporary = () => mkdtempSync(join(tmpdir(), "firstdraft-job-"));
export const remove = (dir: string) => rmSync(dir, { recursive: true, force: true });

let made: Promise<string> | undefined;

/** A data folder with an empty queue: made once, since a new PGlite takes seconds, then copied. */
export async function dataFolder(): Promise<string> {
  made ??= (async () => {
    const dir = temporary();
    await (await openQueue(await openStore(pglite(dir)))).close();
    return dir;
  })();
  const dir = temporary();
  cpSync(await made, dir, { recursive: true });
  return dir;
}

/** For `afterAll`, wherever `dataFolder` is used. */
export async function removeTemplate(): Promise<void> {
  if (made) remove(await made);
}

export function pglite(dataDir: string): StoreOptions {
  return { dataDir, onError: (error) => console.error(error) };
}
