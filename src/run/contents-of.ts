import type { PublishedChange } from "../github/tree.ts";
import { changesBetween } from "../workspace/changes-between.ts";
import { readBlobs } from "../workspace/read-file.ts";
import type { Repository } from "../workspace/types.ts";

/** What `tree` changes of the repository's own, with the bytes of each file. */
export async function contentsOf(repository: Repository, tree: string): Promise<PublishedChange[]> {
  const changes = await changesBetween(repository, repository.tree, tree);
  const blobs = await readBlobs(
    repository,
    changes.flatMap(({ blob }) => (blob === null ? [] : [blob])),
  );
  return changes.map(({ path, mode, blob }) => ({
    path,
    mode,
    content: blob === null ? null : bytesOf(blobs, blob),
  }));
}

function bytesOf(blobs: ReadonlyMap<string, Buffer>, blob: string): Buffer {
  const bytes = blobs.get(blob);
  if (bytes === undefined) throw new Error(`The blob ${blob} of the verified tree is gone.`);
  return bytes;
}
