import { listFiles } from "./list-files.ts";
import { readBlobs } from "./read-file.ts";
import type { Repository } from "./types.ts";

/** Whether files of a tree are kept in Git LFS, by its `.gitattributes`: what is checked out are pointers to them. */
export async function keepsLfs(repository: Repository, tree: string): Promise<boolean> {
  const files = await listFiles(repository, tree);
  const attributes = files.filter(
    ({ path, mode, size }) => /(^|\/)\.gitattributes$/.test(path) && mode !== "120000" && size <= 2 ** 20,
  );
  const texts = await readBlobs(
    repository,
    attributes.map(({ blob }) => blob),
  );
  return [...texts.values()].some((text) => /^[^#\n]*[ \t]filter=lfs([ \t\r]|$)/m.test(text.toString()));
}
