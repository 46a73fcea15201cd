import { treeWith } from "../workspace/tree-with.ts";
import type { FileChange, Repository } from "../workspace/types.ts";
import { writeBlob } from "../workspace/write-blob.ts";
import { withInlineTests } from "./inline-tests.ts";
import type { Look } from "./look.ts";
import type { SplitChange } from "./test-files.ts";

/**
 * The tree of the base with the tests of a change laid over it: whole files, and in Rust the tests inside of sources.
 * `inline`: there are such.
 */
export async function layTests(
  repository: Repository,
  baseTree: string,
  { base, head }: { readonly base: Look; readonly head: Look },
  { tests, sources }: SplitChange,
): Promise<{ readonly tree: string; readonly inline: boolean }> {
  const found = await Promise.all(sources.map((change) => inlineTests(repository, base, head, change)));
  const inside = found.filter((one) => one !== null);
  return { tree: await treeWith(repository, baseTree, [...tests, ...inside]), inline: inside.length > 0 };
}

async function inlineTests(repository: Repository, base: Look, head: Look, change: FileChange) {
  const { path, mode, status, binary } = change;
  if (!path.endsWith(".rs") || status !== "modified" || binary) return null;
  const text = withInlineTests((await base.read(path)) ?? "", (await head.read(path)) ?? "");
  return text === null ? null : { path, mode, blob: await writeBlob(repository, text) };
}
