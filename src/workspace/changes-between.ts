import { isUtf8 } from "node:buffer";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { git } from "./git.ts";
import type { FileChange, Repository } from "./types.ts";

/** How two trees are compared everywhere: by content, and nothing that a repository could configure takes part. */
const plainly = [
  "--no-renames",
  "--no-ext-diff",
  "--no-textconv",
  "--ignore-submodules=none",
  "--full-index",
];

/** Every file that differs between two trees, ordered by path; a rename is a deletion and an addition. */
export async function changesBetween(
  repository: Repository,
  from: string,
  to: string,
): Promise<FileChange[]> {
  const args = ["diff-tree", "-r", "-z", "--raw", "--numstat", ...plainly, from, to];
  const fields = (await git(args, { gitDir: repository.gitDir })).toString().split("\0");
  const changes = new Map<string, FileChange>();
  for (let at = 0; at < fields.length; at++) {
    const field = fields[at] ?? "";
    if (field.startsWith(":")) {
      const path = fields[++at] ?? "";
      changes.set(path, fromRaw(field, path));
    } else if (field !== "") {
      const [added = "", deleted = "", path = ""] = splitNumstat(field);
      const change = changes.get(path);
      const counts = {
        binary: added === "-",
        addedLines: Number(added) || 0,
        deletedLines: Number(deleted) || 0,
      };
      if (change) changes.set(path, { ...change, ...counts });
    }
  }
  return [...changes.values()];
}

/** `:100644 100644 <old> <new> M`, see git-diff-tree(1), "Raw output format". */
function fromRaw(raw: string, path: string): FileChange {
  const [oldMode = "", newMode = "", , blob = "", letter = ""] = raw.slice(1).split(" ");
  const counts = { binary: false, addedLines: 0, deletedLines: 0 };
  if (letter === "D") return { path, status: "deleted", mode: oldMode, blob: null, ...counts };
  return { path, status: letter === "A" ? "added" : "modified", mode: newMode, blob, ...counts };
}

function splitNumstat(field: string): string[] {
  const [added = "", deleted = "", ...path] = field.split("\t");
  return [added, deleted, path.join("\t")];
}

/** The difference as `git apply` takes it; what is not UTF-8 text comes as a binary patch. */
export async function patchBetween(repository: Repository, from: string, to: string): Promise<string> {
  const call = { gitDir: repository.gitDir };
  const args = ["diff-tree", "-r", "-p", "--binary", ...plainly, from, to];
  const patch = await git(args, call);
  if (isUtf8(patch)) return patch.toString();

  const allBinary = join(repository.gitDir, "attributes-binary");
  await writeFile(allBinary, "* -diff\n");
  const parts: string[] = [];
  for (const { path } of await changesBetween(repository, from, to)) {
    const only = ["--", `:(literal)${path}`];
    const text = await git([...args, ...only], call);
    const bytes = isUtf8(text)
      ? text
      : await git(["-c", `core.attributesFile=${allBinary}`, ...args, ...only], call);
    parts.push(bytes.toString());
  }
  return parts.join("");
}
