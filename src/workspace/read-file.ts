import { git } from "./git.ts";
import type { Repository } from "./types.ts";

/**
 * The text of a file in `tree`, its first `maxBytes` (default 1 MiB) if it is longer; null if there is none. A symlink is
 * followed within the tree, never out of it.
 */
export async function readFile(
  repository: Repository,
  tree: string,
  path: string,
  maxBytes = 1024 * 1024,
): Promise<string | null> {
  if (/[\n\0]|(^|\/)\.{0,2}(\/|$)/.test(path)) return null;
  const call = { gitDir: repository.gitDir, input: `${tree}:${path}\n` };
  const out = await git(["cat-file", "--batch", "--follow-symlinks"], call);
  const start = out.indexOf(10) + 1;
  const size = /^[0-9a-f]{40,64} blob (\d+)\n$/.exec(out.subarray(0, start).toString())?.[1];
  if (size === undefined) return null;
  return out.subarray(start, start + Math.min(Number(size), maxBytes)).toString();
}

/** The bytes of one blob. */
export async function readBlob(repository: Repository, blob: string): Promise<Buffer> {
  return git(["cat-file", "blob", blob], { gitDir: repository.gitDir });
}

/** The bytes of many blobs, in one process. Blobs that are not there are left out. */
export async function readBlobs(
  repository: Repository,
  blobs: readonly string[],
): Promise<Map<string, Buffer>> {
  const found = new Map<string, Buffer>();
  if (blobs.length === 0) return found;
  const out = await git(["cat-file", "--batch"], {
    gitDir: repository.gitDir,
    input: `${blobs.join("\n")}\n`,
  });
  for (let at = 0; at < out.length; ) {
    const end = out.indexOf(10, at);
    const [sha = "", kind, size] = out.subarray(at, end).toString().split(" ");
    at = end + 1;
    if (kind === "missing") continue;
    found.set(sha, out.subarray(at, at + Number(size)));
    at += Number(size) + 1;
  }
  return found;
}
