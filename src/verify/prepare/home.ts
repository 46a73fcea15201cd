import { execFile } from "node:child_process";
import { lstat, mkdir, readdir, realpath } from "node:fs/promises";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { homeInside } from "../../sandbox/paths.ts";
import type { Mount } from "../../sandbox/sandbox.ts";
import { removeAll } from "../../workspace/remove-all.ts";

const execute = promisify(execFile);

// What package managers keep only to install it once more.
const downloads = [
  ".npm",
  ".pnpm-store",
  ".yarn-cache",
  ".cache/pip",
  ".cache/pnpm",
  ".cache/yarn",
  ".cache/node",
  ".cache/go-build",
  ".local/share/pnpm",
  ".bun/install/cache",
];

/** A home folder as the sandbox shows it: what setup leaves there (Go's modules, Cargo's registry, …) is for the tests. */
export function homeMount(host: string): Mount {
  return { host, inside: homeInside, writable: true };
}

/** Takes out what no test needs, so that there is little to copy. A link that setup left on the way is not followed. */
export async function pruneHome(home: string): Promise<void> {
  const root = await realpath(home);
  for (const name of downloads) {
    const parent = dirname(join(root, name));
    if ((await realpath(parent).catch(() => null)) === parent) await removeAll(join(root, name));
  }
}

/**
 * Copies what is in `from` into `to`: each command that may write there has its own. What is there already stays; folders
 * of both are joined, and never through a link that an earlier setup left.
 */
export async function copyHome(from: string, to: string): Promise<void> {
  await mkdir(to, { recursive: true });
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    const there = await lstat(target).catch(() => null);
    if (there === null) await execute("cp", ["-a", "--reflink=auto", "--", source, target]);
    else if (entry.isDirectory() && there.isDirectory()) await copyHome(source, target);
  }
}
