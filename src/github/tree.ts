import { isUtf8 } from "node:buffer";
import type { GitHubAccess } from "./access.ts";

/** One path of a change. */
export interface PublishedChange {
  readonly path: string;
  /** git's file mode (`100644`, `100755`, `120000`), of the old side if deleted. */
  readonly mode: string;
  /** null: deleted. */
  readonly content: Buffer | null;
}

type Mode = "100644" | "100755" | "120000";

/** Texts up to this many bytes travel inside the tree, in one request; others as blobs of their own. */
const inlineBytes = 200_000;

/** Makes a tree from another and a change; returns its SHA. */
export async function createTree(
  access: GitHubAccess,
  baseTree: string,
  changes: readonly PublishedChange[],
): Promise<string> {
  const { octokit, repository } = access;
  const entries = [];
  // One after the other: GitHub asks for that, and punishes parallel writes.
  for (const change of changes) entries.push(await entryOf(access, change));
  const { data } = await octokit.rest.git.createTree({ ...repository, base_tree: baseTree, tree: entries });
  return data.sha;
}

async function entryOf(access: GitHubAccess, { path, mode, content }: PublishedChange) {
  const entry = { path, mode: modeOf(path, mode), type: "blob" as const };
  if (content === null) return { ...entry, sha: null };
  if (isPlainText(content) && content.length <= inlineBytes)
    return { ...entry, content: content.toString("utf8") };
  return { ...entry, sha: await createBlob(access, content) };
}

async function createBlob({ octokit, repository }: GitHubAccess, content: Buffer): Promise<string> {
  const { data } = await octokit.rest.git.createBlob({
    ...repository,
    content: content.toString("base64"),
    encoding: "base64",
  });
  return data.sha;
}

/** Only what comes back from JSON byte for byte. */
const isPlainText = (content: Buffer): boolean => isUtf8(content) && !content.includes(0);

function modeOf(path: string, mode: string): Mode {
  if (mode === "100644" || mode === "100755" || mode === "120000") return mode;
  throw new Error(`${path} has mode ${mode}, which no change may publish`);
}
