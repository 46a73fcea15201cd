import { cpSync, existsSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openQueue } from "../../src/job/queue.ts";
import { openStore } from "../../src/job/store.ts";

/** The variable that names a folder of this run of the tests, for what all of its processes share. */
export const templates = "FIRSTDRAFT_TEST_TEMPLATES";

/** A data folder with an empty queue, in `parent`: made once, since a new PGlite takes seconds of a core, then copied. */
export async function dataFolder(parent = tmpdir()): Promise<string> {
  const top = process.env[templates] ?? "";
  const made = join(top, "data");
  if (!existsSync(made)) {
    const draft = mkdtempSync(join(top, "draft-"));
    const onError = (error: Error) => console.error(error);
    await (await openQueue(await openStore({ dataDir: draft, onError }))).close();
    try {
      renameSync(draft, made);
    } catch {
      // Another process was first.
      rmSync(draft, { recursive: true });
    }
  }
  const dir = mkdtempSync(join(parent, "firstdraft-data-"));
  cpSync(made, dir, { recursive: true });
  return dir;
}
