import { underGlobs } from "./globs.ts";
import type { Dropped, FileChange } from "./types.ts";

/** What steers git, CI, package managers, editors or review, and so runs or decides outside of any test. */
export const builtInProtected = [
  "**/.git",
  "**/.git~*",
  "**/git~*",
  "**/.gitmodules",
  "**/.gitattributes",
  "**/.gitconfig",
  "**/.lfsconfig",
  ".gitlab-ci.yml",
  ".github/workflows",
  ".github/actions",
  ".github/firstdraft.yml",
  ".github/dependabot.y*ml",
  "**/CODEOWNERS",
  ".circleci",
  ".buildkite",
  ".travis.yml",
  "azure-pipelines*.yml",
  "Jenkinsfile",
  "**/.npmrc",
  "**/.yarnrc*",
  "**/.yarn",
  "**/.pnpmfile*",
  "**/pip.conf",
  "**/.pypirc",
  "**/.cargo/config*",
  "**/.husky",
  "**/.pre-commit-config.yaml",
  "**/lefthook.y*ml",
  "**/.envrc",
  "**/.vscode/{tasks,launch,settings}.json",
  "**/.devcontainer",
  "**/.mcp.json",
];

/** Splits changes into those that a draft may hold and those that it may not, whichever side of the change they are on. */
export function withoutProtected(
  changes: readonly FileChange[],
  globs: readonly string[],
): { kept: FileChange[]; dropped: Dropped[] } {
  const isProtected = underGlobs([...builtInProtected, ...globs]);
  const { kept = [], dropped = [] } = Object.groupBy(changes, ({ path }) =>
    isProtected(asStored(path)) ? "dropped" : "kept",
  );
  return { kept, dropped: dropped.map(({ path }) => ({ path, reason: "protected" })) };
}

/** The path that other file systems would make of it: HFS+ drops invisible characters, NTFS dots and blanks at the end. */
function asStored(path: string): string {
  return path
    .normalize("NFKC")
    .replace(/\p{Default_Ignorable_Code_Point}/gu, "")
    .replace(/[. ]+(?=\/|$)/g, "");
}
