import { git } from "./git.ts";
import type { Repository, TreeFile } from "./types.ts";

/** A tree never changes: what was listed once is known. */
const listings = new WeakMap<Repository, Map<string, Promise<readonly TreeFile[]>>>();

/** All files of a tree, ordered by path. Submodules are left out. */
export function listFiles(repository: Repository, tree: string): Promise<readonly TreeFile[]> {
  const known = listings.get(repository) ?? new Map<string, Promise<readonly TreeFile[]>>();
  listings.set(repository, known);
  const listing = known.get(tree) ?? list(repository, tree);
  known.set(tree, listing);
  listing.catch(() => known.delete(tree));
  return listing;
}

async function list(repository: Repository, tree: string): Promise<readonly TreeFile[]> {
  const listed = await git(["ls-tree", "-r", "-z", "--long", "--full-tree", tree], {
    gitDir: repository.gitDir,
  });
  return listed
    .toString()
    .split("\0")
    .map((line) => /^(\d{6}) blob ([0-9a-f]+) +(\d+)\t(.*)$/s.exec(line))
    .filter((match) => match !== null)
    .map(([, mode = "", blob = "", size = "", path = ""]) => ({ path, mode, blob, size: Number(size) }));
}

/** The modes of those of `paths` that are in `tree`. */
export async function modesAt(
  repository: Repository,
  tree: string,
  paths: readonly { readonly path: string }[],
): Promise<Map<string, string>> {
  const wanted = new Set(paths.map(({ path }) => path));
  const listed = await git(["ls-tree", "-r", "-z", "--full-tree", tree], { gitDir: repository.gitDir });
  const modes = new Map<string, string>();
  for (const line of listed.toString().split("\0")) {
    const path = line.slice(line.indexOf("\t") + 1);
    if (wanted.has(path)) modes.set(path, line.slice(0, 6));
  }
  return modes;
}
