import { execFile } from "node:child_process";
import { lstat, realpath } from "node:fs/promises";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { Problem } from "../log/problem.ts";
import { workTree } from "./checkout.ts";
import { type GitCall, git } from "./git.ts";
import type { Repository } from "./types.ts";

/** What one change may hold; more is a mistake (a build, a data set, a cache), not a first draft. */
export const changeLimits = { files: 5_000, fileBytes: 20 * 1024 * 1024, bytes: 30 * 1024 * 1024 } as const;

export interface SnapshotOptions {
  /** The tree right after setup: given, the limits of a change apply to what came since. */
  readonly since?: string;
}

/**
 * The tree SHA of the files in `folder`, as git would commit them: without what is ignored, without nested repositories,
 * and without reading any `.git` found there. Nothing may be running in `folder` meanwhile.
 */
export async function snapshot(
  repository: Repository,
  folder: string,
  options: SnapshotOptions = {},
): Promise<string> {
  const call = workTree(repository, folder);
  await requireReadableRules(folder);
  const { gone, written } = await differing(folder, call);
  if (options.since !== undefined) requireWithinLimits(gone.length + written.length, written);
  await updateIndex(call, ["--force-remove"], gone);
  await updateIndex(
    call,
    ["--add", "--replace"],
    written.map(({ path }) => path),
  );
  return (await git(["write-tree"], call)).toString().trim();
}

/** git would wait for ever to read its rules from a pipe, and take all memory for those of a huge file. */
async function requireReadableRules(folder: string): Promise<void> {
  const named = ["(", "-name", ".gitignore", "-o", "-name", ".gitattributes", ")"];
  const bad = [
    "(",
    "-type",
    "f",
    "-size",
    "+1024k",
    "-o",
    "!",
    "-type",
    "f",
    "!",
    "-type",
    "d",
    "!",
    "-type",
    "l",
    ")",
  ];
  const { stdout } = await promisify(execFile)("find", [
    "-P",
    folder,
    ...named,
    ...bad,
    "-printf",
    "%P",
    "-quit",
  ]);
  if (stdout !== "") throw new Problem("rules-unreadable", { path: stdout.slice(0, 200) });
}

interface Written {
  readonly path: string;
  readonly size: number;
}

/** The paths that are not in the folder as they are in its index. A folder in a file's place is a file that is gone. */
async function differing(folder: string, call: GitCall): Promise<{ gone: string[]; written: Written[] }> {
  const listing = ["ls-files", "-z", "-t", "--modified", "--deleted", "--others", "--exclude-standard"];
  const statWithin = statIn(await realpath(folder));
  const gone = new Set<string>();
  const written = new Map<string, Written>();
  for (const entry of (await git(listing, call)).toString().split("\0")) {
    const [tag, path] = [entry.slice(0, 1), entry.slice(2)];
    if (path === "" || path.endsWith("/")) continue; // "nested/" is a repository of its own
    const stat = tag === "R" ? null : await statWithin(path);
    if (stat === null || stat.isDirectory()) gone.add(path);
    else written.set(path, { path, size: stat.size });
  }
  return { gone: [...gone], written: [...written.values()].filter(({ path }) => !gone.has(path)) };
}

/** What is at a path of `root`, null if nothing is, or if a symlink among its folders leads elsewhere. */
function statIn(root: string) {
  const folders = new Map<string, Promise<string | null>>();
  return async (path: string) => {
    const folder = dirname(join(root, path));
    const real = folders.get(folder) ?? realpath(folder).catch(() => null);
    folders.set(folder, real);
    return (await real) === folder ? lstat(join(root, path)).catch(() => null) : null;
  };
}

async function updateIndex(call: GitCall, flags: readonly string[], paths: readonly string[]): Promise<void> {
  if (paths.length === 0) return;
  await git(["update-index", ...flags, "-z", "--stdin"], { ...call, input: `${paths.join("\0")}\0` });
}

function requireWithinLimits(files: number, written: readonly Written[]): void {
  if (files > changeLimits.files)
    throw new Problem("change-too-many-files", { files, limit: changeLimits.files });
  const large = written.find(({ size }) => size > changeLimits.fileBytes);
  if (large) throw new Problem("change-file-too-large", { ...large });
  const bytes = written.reduce((sum, { size }) => sum + size, 0);
  if (bytes > changeLimits.bytes) throw new Problem("change-too-large", { bytes });
}
