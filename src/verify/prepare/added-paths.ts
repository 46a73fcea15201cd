import { readdir } from "node:fs/promises";
import { join } from "node:path";

/** The topmost paths below `folder` that are not tracked and hold nothing tracked. Links are never followed. */
export async function addedPaths(folder: string, tracked: readonly string[]): Promise<string[]> {
  const files = new Set(tracked);
  const folders = new Set(tracked.flatMap(parentsOf));
  const added: string[] = [];

  async function walk(below: string): Promise<void> {
    for (const entry of await readdir(join(folder, below), { withFileTypes: true })) {
      const path = below === "" ? entry.name : `${below}/${entry.name}`;
      if (folders.has(path)) {
        if (entry.isDirectory()) await walk(path);
      } else if (!files.has(path)) added.push(path);
    }
  }
  await walk("");
  return added.sort();
}

function parentsOf(path: string): string[] {
  const parts = path.split("/").slice(0, -1);
  return parts.map((_, index) => parts.slice(0, index + 1).join("/"));
}
