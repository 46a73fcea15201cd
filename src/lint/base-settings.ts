import { listFiles } from "../workspace/list-files.ts";
import { treeWith } from "../workspace/tree-with.ts";
import type { FileChange, Repository } from "../workspace/types.ts";

/** What only linters read, or what they read with others who have done their work before. */
const settings =
  /(^|\/)(?:\.eslintrc(?:\.\w+)?|eslint\.config\.[cm]?[jt]s|\.(?:eslint|prettier)ignore|biome\.jsonc?|\.prettierrc(?:\.\w+)?|prettier\.config\.[cm]?[jt]s|\.editorconfig|\.?ruff\.toml|\.flake8|\.?mypy\.ini|\.?pylintrc(?:\.toml)?|pyproject\.toml|setup\.cfg|tox\.ini|\.?(?:rustfmt|clippy)\.toml)$/;

/** The tree of the head with the linters' settings as they are at the base: a change does not decide on what is said of it. */
export async function withBaseSettings(
  repository: Repository,
  baseTree: string,
  headTree: string,
  changes: readonly FileChange[],
): Promise<string> {
  const changed = changes.filter(({ path }) => settings.test(path));
  if (changed.length === 0) return headTree;
  const before = new Map((await listFiles(repository, baseTree)).map((file) => [file.path, file]));
  const laid = changed.map(({ path, mode }) => {
    return before.get(path) ?? { path, mode, blob: null };
  });
  return treeWith(repository, headTree, laid);
}
