import { accessSync, constants, statSync } from "node:fs";
import { delimiter, isAbsolute, join } from "node:path";

/** The first executable file called `name` on PATH, packages' own folders left out; null where there is none. */
export function findProgram(name: string, path = process.env.PATH ?? ""): string | null {
  const folders = path.split(delimiter).filter((folder) => isAbsolute(folder) && !inPackages(folder));
  return folders.map((folder) => join(folder, name)).find(isExecutable) ?? null;
}

/** Whether a PATH entry is one that npm adds for a script. */
export const inPackages = (folder: string): boolean => folder.split("/").includes("node_modules");

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false; // not here: the next folder may have it
  }
}
