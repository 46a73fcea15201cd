import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { lchown, lstat, mkdir, realpath } from "node:fs/promises";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import type { Finished } from "../../sandbox/sandbox.ts";
import { checkout } from "../../workspace/checkout.ts";
import { listFiles } from "../../workspace/list-files.ts";
import { removeAll } from "../../workspace/remove-all.ts";
import type { Setup } from "../plan/plan.ts";
import { addedPaths } from "./added-paths.ts";
import { pruneHome, storesIn } from "./home.ts";
import type { PrepareOptions } from "./prepare-checkout.ts";
import { runSetup } from "./run-setup.ts";
import type { SetupNotes } from "./setup-notes.ts";
import { isDependencies, linkFolder, seal } from "./share.ts";

const execute = promisify(execFile);

/** A checkout in which setup ran, and the topmost paths that it added. */
export interface Installed {
  /** How setup ended, where it failed: what it added by then is there. */
  readonly failed: Finished | null;
  readonly folder: string;
  /** The home folder as setup left it. */
  readonly home: string;
  readonly added: readonly string[];
  /** Those of them whose files the checkouts may share. */
  readonly shared: readonly string[];
  /** Folders of the home folder whose files they may share. */
  readonly sharedHome: readonly string[];
  readonly notes: SetupNotes;
}

type InstallOptions = Omit<PrepareOptions, "folder" | "home" | "setups"> & { readonly setup: Setup };

// Two checkouts prepared side by side must not install the same twice.
const underWay = new Map<string, Promise<Installed>>();

/** Installs what `tree` asks for, or takes what an earlier call installed for the same manifests and lockfiles. */
export async function install(options: InstallOptions): Promise<Installed> {
  const folder = join(options.scratch, "installed", await installKey(options));
  const running = underWay.get(folder) ?? installInto(folder, options);
  underWay.set(folder, running);
  const installed = await running.catch((error: unknown) => {
    underWay.delete(folder);
    throw error;
  });
  // Tried once more the next time, but where what it came to is in use.
  if (installed.failed !== null && options.setup.mayFail !== true) underWay.delete(folder);
  return installed;
}

async function installInto(top: string, options: InstallOptions): Promise<Installed> {
  const [folder, home] = [join(top, "workspace"), join(top, "home")];
  await removeAll(top);
  await mkdir(home, { recursive: true });
  await checkout(options.repository, options.tree, folder);
  await options.sandbox.adopt(folder);
  await options.sandbox.adopt(home);
  const tracked = (await listFiles(options.repository, options.tree)).map((file) => file.path);
  const { finished, notes } = await runSetup({ ...options, folder, home, paths: tracked });
  await pruneHome(home);
  const failed = finished.exitCode === 0 ? null : finished;
  const added = await addedPaths(folder, tracked);
  const shared = await seal(folder, added.filter(isDependencies));
  const sharedHome = await seal(home, await storesIn(home));
  return { failed, folder, home, added, shared, sharedHome, notes };
}

/** What decides on the result of setup: its command and folder, and the manifests, or the whole tree where it may build from it. */
async function installKey(options: InstallOptions): Promise<string> {
  const { tree, repository, setup } = options;
  const decisive = setup.readsSources ? [tree] : await blobsOf(repository, tree, setup.manifests);
  return createHash("sha256")
    .update(JSON.stringify([setup.command, setup.ahead, setup.folder, setup.mayFail, decisive]))
    .digest("hex")
    .slice(0, 32);
}

async function blobsOf(
  repository: PrepareOptions["repository"],
  tree: string,
  paths: readonly string[],
): Promise<string[]> {
  const wanted = new Set(paths);
  const files = await listFiles(repository, tree);
  return files.filter(({ path }) => wanted.has(path)).map(({ path, blob }) => `${path} ${blob}`);
}

/** Copies what setup added into a fresh checkout, but for `without`. */
export function copyInstalled(
  installed: Installed,
  to: string,
  without: readonly string[] = [],
): Promise<void> {
  const paths = installed.added.filter((path) => !without.includes(path));
  return place(installed.folder, paths, to, (from, at) =>
    execute("cp", ["-a", "--reflink=auto", "--", from, at]),
  );
}

/** Puts what checkouts share into one, and into its home, that belong to the sandbox already. */
export async function shareInstalled(installed: Installed, to: string, home: string): Promise<void> {
  await place(installed.folder, installed.shared, to, linkFolder);
  await place(installed.home, installed.sharedHome, home, linkFolder);
}

/** Wherever the folder `to` has no file of its own and no link in the way. */
async function place(
  from: string,
  paths: readonly string[],
  to: string,
  put: (from: string, at: string) => Promise<unknown>,
): Promise<void> {
  const root = await realpath(to);
  for (const path of paths) {
    const taken = await lstat(join(root, path)).catch(() => null);
    if (taken === null && (await makeFolder(root, dirname(path))))
      await put(join(from, path), join(root, path));
  }
}

/** Makes the folder `path` below `root`, one step after the other, so that no link leads out; false where one is. */
async function makeFolder(root: string, path: string): Promise<boolean> {
  const { uid, gid } = await lstat(root);
  let folder = root;
  for (const part of path.split("/").filter((name) => name !== ".")) {
    folder = join(folder, part);
    const made = await mkdir(folder).then(
      () => true,
      () => false,
    );
    if (made) await lchown(folder, uid, gid);
    if (!(await lstat(folder)).isDirectory()) return false;
  }
  return true;
}
