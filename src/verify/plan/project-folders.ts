const manifest =
  /(^|\/)(package\.json|pyproject\.toml|setup\.(py|cfg)|requirements\.txt|go\.(mod|work)|Cargo\.toml|pom\.xml|build\.gradle(\.kts)?|CMakeLists\.txt|GNUmakefile|[Mm]akefile)$/;

// What lies there is another's, an example, or the material of tests.
const leftOut =
  /(^|\/)(\.[^/]+|node_modules|bower_components|vendor(ed)?|_vendor|third[-_]?party|external|deps|site-packages|venv|target|dist|build|fixtures?|__fixtures__|test[-_]?data|tests?|__tests__|specs?|e2e|fuzz(ing)?|_?bench(es|marks?)?|examples?|samples?|demos?|templates?|docs?)(\/|$)/i;

/** The root, and every folder with a manifest of its own; each after the one that it lies in. */
export function projectFolders(paths: readonly string[]): string[] {
  const folders = paths.filter((path) => manifest.test(path)).map(folderOf);
  return [...new Set(["", ...folders.filter((folder) => !leftOut.test(folder)).sort()])];
}

export function folderOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf("/"), 0));
}

/** Whether `path` lies in `folder`, at whatever depth. */
export function isBelow(path: string, folder: string): boolean {
  return folder === "" ? path !== "" : path.startsWith(`${folder}/`);
}

/** `path`, which lies in `folder` or is it, as it is called there. */
export function relativeTo(folder: string, path: string): string {
  return folder === "" ? path : path.slice(folder.length + 1);
}

export function joined(folder: string, path: string): string {
  return [folder, path].filter(Boolean).join("/");
}
