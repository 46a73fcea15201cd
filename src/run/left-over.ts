import { existsSync } from "node:fs";
import { readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { removeAll } from "../workspace/remove-all.ts";

/** In a run's folder while the App is at work on it. */
const mark = "at-work";

/** Marks the folder of a run as one that the App is at work in. */
export const markAtWork = (folder: string): Promise<void> =>
  writeFile(join(folder, mark), "", { mode: 0o600 });

/** Removes from the folder of a run all but its record. */
export async function clearRun(folder: string): Promise<void> {
  await Promise.all(["workspace", "home", "scratch"].map((name) => removeAll(join(folder, name))));
  await rm(join(folder, mark), { force: true });
}

/**
 * Clears what the App left in its data folder when it was killed: a run that another machine has taken over does not come
 * back to do it. To be called while no other App can be at work in the folder; runs of the command line are left alone.
 */
export async function clearLeftOver(dataDir: string): Promise<void> {
  const runs = join(dataDir, "runs");
  if (!existsSync(runs)) return;
  const folders = (await readdir(runs)).map((run) => join(runs, run));
  for (const folder of folders) if (existsSync(join(folder, mark))) await clearRun(folder);
}
