import { changesBetween } from "../workspace/changes-between.ts";
import { readFile } from "../workspace/read-file.ts";
import type { FileChange, Repository } from "../workspace/types.ts";
import { type Hunk, hunksBetween } from "./gates/hunks.ts";

/** One file of a change, and where its lines differ: what a reviewer has to read. */
export interface ChangedFile extends Pick<FileChange, "path" | "status" | "binary"> {
  /** Empty for a binary file, and for those beyond the first 300. */
  readonly hunks: readonly Hunk[];
}

/** Files whose lines are compared; nobody reads a longer change line by line. */
const comparedFiles = 300;

/** Every file that differs between two trees, with its hunks. */
export async function changedFiles(
  repository: Repository,
  baseTree: string,
  headTree: string,
): Promise<ChangedFile[]> {
  const changes = await changesBetween(repository, baseTree, headTree);
  const files: ChangedFile[] = [];
  for (const { path, status, binary } of changes) {
    const read = (tree: string) => readFile(repository, tree, path);
    const compared = !binary && files.length < comparedFiles;
    const before = compared && status !== "added" ? await read(baseTree) : null;
    const after = compared && status !== "deleted" ? await read(headTree) : null;
    files.push({ path, status, binary, hunks: compared ? hunksBetween(before ?? "", after ?? "") : [] });
  }
  return files;
}
