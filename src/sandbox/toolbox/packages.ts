import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** The folders of an installed package and of all that it depends on, by name, looked up from `start` upwards. */
export function packageFolders(
  name: string,
  start: string,
  found = new Map<string, string>(),
): Map<string, string> {
  const folder = packageFolder(name, start);
  if (folder === null || found.has(name)) return found;
  found.set(name, folder);
  const { dependencies = {} } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as {
    dependencies?: Readonly<Record<string, string>>;
  };
  for (const dependency of Object.keys(dependencies)) packageFolders(dependency, folder, found);
  return found;
}

function packageFolder(name: string, start: string): string | null {
  for (let folder = start; ; folder = dirname(folder)) {
    const candidate = join(folder, "node_modules", name);
    if (existsSync(join(candidate, "package.json"))) return candidate;
    if (folder === dirname(folder)) return null;
  }
}
