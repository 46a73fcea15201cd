import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { lstat, mkdir, readdir, realpath } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
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
  ".local/share/pnpm",
  ".bun/install/cache",
];

/** What is kept under the hash of its content or its version, and so never changed: large, and read by tests alone. */
const stores = [".cache/go-build", "go/pkg/mod"];

/** A home folder as the sandbox shows it: what setup leaves there (Go's modules, Cargo's registry, …) is for the tests. */
export function homeMount(host: string): Mount {
  return { host, inside: homeInside, writable: true };
}

/** Takes out what no test needs, so that there is little to copy. A link that setup left on the way is not followed. */
export async function pruneHome(home: string): Promise<void> {
  for (const path of await placesIn(home, downloads)) await removeAll(path);
}

/** The stores that setup filled, relative to `home`. */
export async function storesIn(home: string): Promise<string[]> {
  const root = await realpath(home);
  const there = await placesIn(home, stores);
  return there.filter((path) => existsSync(path)).map((path) => relative(root, path));
}

/** Where `names` would be below `home`, without those to which a link leads. */
async function placesIn(home: string, names: readonly string[]): Promise<string[]> {
  const root = await realpath(home);
  const places: string[] = [];
  for (const name of names) {
    const parent = dirname(join(root, name));
    if ((await realpath(parent).catch(() => null)) === parent) places.push(join(root, name));
  }
  return places;
}

/**
 * Copies what is in `from`, but for `without`, into `to`: each command that may write there has its own. What is there
 * already stays; folders of both are joined, and never through a link that an earlier setup left.
 */
export async function copyHome(from: string, to: string, without: readonly string[] = []): Promise<void> {
  await mkdir(to, { recursive: true });
  for (const entry of await readdir(from, { withFileTypes: true })) {
    if (without.includes(entry.name)) continue;
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    const below = without.filter((path) => path.startsWith(`${entry.name}/`));
    const there = await lstat(target).catch(() => null);
    if (there === null && below.length === 0)
      await execute("cp", ["-a", "--reflink=auto", "--", source, target]);
    else if (entry.isDirectory() && (there === null || there.isDirectory()))
      await copyHome(
        source,
        target,
        below.map((path) => path.slice(entry.name.length + 1)),
      );
  }
}
