import { execFile } from "node:child_process";
import { isAbsolute, normalize } from "node:path";
import { promisify } from "node:util";

/**
 * Gives `folder` and all in it to `uid`. chown walks by descriptor (`-P`) and changes links themselves (`-h`), so
 * a link in the folder, even one swapped in meanwhile, leads nowhere.
 */
export async function adoptFolder(folder: string, uid: number): Promise<void> {
  if (!isAbsolute(folder) || normalize(folder).split("/").filter(Boolean).length < 2) {
    throw new Error(`${folder} is no folder to give away`);
  }
  await promisify(execFile)("chown", ["-R", "-h", "-P", `${uid}:${uid}`, "--", folder]);
}
