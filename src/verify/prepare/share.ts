import { execFile } from "node:child_process";
import { lstat } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";

const execute = promisify(execFile);

/** Folders of dependencies: read by tests, hardly ever written to, and large. */
export const isDependencies = (path: string) => /(^|\/)(node_modules|\.venv)$/.test(path);

/**
 * Makes the files in the folders `paths` nobody's to change but the controller's, so that checkouts can share them.
 * Returns those paths; none where the sandbox's user is the controller itself, who could change them all the same.
 */
export async function seal(folder: string, paths: readonly string[]): Promise<string[]> {
  const { uid } = await lstat(folder);
  const own = process.getuid?.();
  if (own === undefined || own === uid) return [];
  const shared: string[] = [];
  for (const path of paths) {
    if (!(await lstat(join(folder, path))).isDirectory()) continue;
    const owner = ["-exec", "chown", "-h", `${own}`, "{}", "+"];
    const mode = ["-exec", "chmod", "a+rX,a-w", "{}", "+"];
    await execute("find", ["-P", join(folder, path), "-type", "f", ...owner, ...mode]);
    shared.push(path);
  }
  return shared;
}

/** The folder `from` as a new one at `to`: folders of the checkout's own, files shared. A changed file becomes its own. */
export async function linkFolder(from: string, to: string): Promise<void> {
  await execute("cp", ["-a", "--link", "--", from, to]);
}
