import { execFile } from "node:child_process";
import { lstat, rm } from "node:fs/promises";
import { promisify } from "node:util";

/** Removes a folder also where parts of it are closed, to writing as Go leaves its modules, or to everybody as hostile code may. */
export async function removeAll(folder: string): Promise<void> {
  try {
    await rm(folder, { recursive: true, force: true });
  } catch (error) {
    if (!(await lstat(folder)).isDirectory()) throw error;
    // -R changes nothing that a link leads to
    await promisify(execFile)("chmod", ["-R", "u+rwX", "--", folder]);
    await rm(folder, { recursive: true, force: true });
  }
}
