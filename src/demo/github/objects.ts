import { createHash } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { deflateSync } from "node:zlib";
import { git } from "./git.ts";

export type ObjectType = "blob" | "tree" | "commit";

export interface GitObject {
  readonly sha: string;
  readonly type: ObjectType;
  readonly content: Buffer;
}

export interface TreeEntry {
  readonly mode: string;
  readonly type: ObjectType;
  readonly path: string;
  readonly sha: string;
}

/** Writes a loose object, and refuses if its SHA is not the one that was announced. */
export async function writeObject(gitDir: string, { sha, type, content }: GitObject): Promise<void> {
  const whole = Buffer.concat([Buffer.from(`${type} ${content.length}\0`), content]);
  const actual = createHash("sha1").update(whole).digest("hex");
  if (actual !== sha) throw new Error(`${type} ${sha} turned out to be ${actual}`);
  const file = join(gitDir, "objects", sha.slice(0, 2), sha.slice(2));
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, deflateSync(whole));
}

/** Every object that any ref reaches and `known` lacks, what is pointed at before what points at it. */
export async function newObjects(gitDir: string, known: ReadonlySet<string>): Promise<GitObject[]> {
  const listed = (await git(gitDir, ["rev-list", "--objects", "--all"])).toString("utf8");
  const shas = listed.split("\n").flatMap((line) => line.slice(0, 40) || []);
  const missing = shas.filter((sha) => !known.has(sha)).reverse();
  if (missing.length === 0) return [];
  const batch = await git(gitDir, ["cat-file", "--batch"], `${missing.join("\n")}\n`);
  const objects: GitObject[] = [];
  let at = 0;
  while (at < batch.length) {
    const end = batch.indexOf("\n", at);
    const [sha = "", type = "", size = ""] = batch.toString("utf8", at, end).split(" ");
    const content = batch.subarray(end + 1, end + 1 + Number(size));
    objects.push({ sha, type: type as ObjectType, content });
    at = end + 2 + content.length;
  }
  const rank = { blob: 0, tree: 1, commit: 2 };
  return objects.sort((left, right) => rank[left.type] - rank[right.type]);
}

/** Format: https://git-scm.com/book/en/v2/Git-Internals-Git-Objects (`mode SP name NUL sha`, repeated). */
export function parseTree(content: Buffer): TreeEntry[] {
  const entries: TreeEntry[] = [];
  for (let at = 0; at < content.length; ) {
    const end = content.indexOf(0, at);
    const [mode = "", ...name] = content.toString("utf8", at, end).split(" ");
    const type = mode === "40000" ? "tree" : mode === "160000" ? "commit" : "blob";
    const sha = content.toString("hex", end + 1, end + 21);
    entries.push({ mode: mode.padStart(6, "0"), type, path: name.join(" "), sha });
    at = end + 21;
  }
  return entries;
}

export function formatTree(entries: readonly TreeEntry[]): Buffer {
  // git sorts by bytes, and a folder as if its name ended in a slash.
  const key = (entry: TreeEntry) => Buffer.from(entry.type === "tree" ? `${entry.path}/` : entry.path);
  const ordered = [...entries].sort((left, right) => Buffer.compare(key(left), key(right)));
  return Buffer.concat(
    ordered.flatMap(({ mode, path, sha }) => [
      Buffer.from(`${mode.replace(/^0+/, "")} ${path}\0`),
      Buffer.from(sha, "hex"),
    ]),
  );
}
