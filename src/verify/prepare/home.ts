import { execFile } from "node:child_process";
import { mkdir, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { homeInside } from "../../sandbox/paths.ts";
import type { Mount } from "../../sandbox/sandbox.ts";

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

/** Takes out what no test needs, so that there is little to copy. */
export async function pruneHome(home: string): Promise<void> {
  for (const name of downloads) await removeAll(join(home, name));
}

/** Copies `from` into a new folder `to`: each command that may write there has its own. */
export async function copyHome(from: string, to: string): Promise<void> {
  await mkdir(to, { recursive: true });
  for (const name of await readdir(from)) {
    await execute("cp", ["-a", "--reflink=auto", "--", join(from, name), join(to, name)]);
  }
}

/** Also where folders are closed to writing, as Go leaves its modules. */
export async function removeAll(folder: string): Promise<void> {
  try {
    await rm(folder, { recursive: true, force: true });
  } catch {
    await execute("chmod", ["-R", "u+w", "--", folder]);
    await rm(folder, { recursive: true, force: true });
  }
}
