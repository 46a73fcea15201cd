import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Files } from "../repository.ts";

/** The files below `folder`, if there is one; null for `x` where there is `x.deleted`. */
export function filesOf(folder: string): Files {
  let names: string[];
  try {
    names = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
  } catch {
    return {};
  }
  return Object.fromEntries(
    names.map((path) => {
      const name = path.slice(folder.length + 1);
      return name.endsWith(".deleted")
        ? [name.slice(0, -".deleted".length), null]
        : [name, readFileSync(path, "utf8")];
    }),
  );
}
