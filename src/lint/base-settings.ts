import { listFiles } from "../workspace/list-files.ts";
import { treeWith } from "../workspace/tree-with.ts";
import type { FileChange, Repository } from "../workspace/types.ts";

/** What only linters read, or what they read with others who have done their work before. */
const names =
  /(^|\/)(?:\.eslintrc(?:\.\w+)?|eslint\.config\.[cm]?[jt]s|\.(?:eslint|prettier)ignore|biome\.jsonc?|\.prettierrc(?:\.\w+)?|prettier\.config\.[cm]?[jt]s|\.editorconfig|\.?ruff\.toml|\.flake8|\.?mypy\.ini|\.?pylintrc(?:\.toml)?|pyproject\.toml|setup\.cfg|tox\.ini|\.?(?:rustfmt|clippy)\.toml)$/;

/** Whether a file is the settings of a linter: it is not linted itself. */
export const isSettings = (path: string): boolean => names.test(path);

/** The tree of the head with the linters' settings as they are at the base: a change does not decide on what is said of it. */
export async function withBaseSettings(
  repository: Repository,
  baseTree: string,
  headTree: string,
  changes: readonly FileChange[],
): Promise<string> {
  const changed = changes.filter(({ path }) => isSettings(path));
  if (changed.length === 0) return headTree;
  const head = (await listFiles(repository, headTree)).map(({ path }) => path);
  // A folder that took the place of a file, or a file that of a folder, stays.
  const hasRoom = ({ path }: FileChange) =>
    !head.some((other) => other.startsWith(`${path}/`) || path.startsWith(`${other}/`));
  const before = new Map((await listFiles(repository, baseTree)).map((file) => [file.path, file]));
  const laid = changed
    .filter(hasRoom)
    .map(({ path, mode }) => before.get(path) ?? { path, mode, blob: null });
  return treeWith(repository, headTree, laid);
}
