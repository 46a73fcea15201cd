import { underGlobs } from "./globs.ts";
import { lockfileAlone } from "./lockfiles.ts";
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
  "bitbucket-pipelines.yml",
  "Jenkinsfile",
  ".{cirrus,drone,gitpod}.yml",
  "{,.}appveyor.yml",
  ".woodpecker*",
  ".{forgejo,gitea}/{workflows,actions}",
  "**/.npmrc",
  "**/.yarnrc*",
  "**/.yarn",
  "**/.pnpmfile*",
  "**/pip.conf",
  "**/.pypirc",
  "**/.cargo/config*",
  "**/.bundle/config",
  "**/.mvn",
  "**/gradle/wrapper",
  "**/bunfig.toml",
  "**/nuget.config",
  "**/.husky",
  "**/.pre-commit-config.yaml",
  "**/{,.}lefthook*.{y*ml,toml,json}",
  "**/.config/lefthook*",
  "**/.envrc",
  "**/.vscode/{tasks,launch,settings,mcp}.json",
  "**/*.code-workspace",
  "**/.{idea,zed,claude,cursor,codex,gemini}",
  "**/.{exrc,nvim.lua,dir-locals.el}",
  "**/.devcontainer{,.json}",
  "**/.mcp.json",
];

/** A git directory inside the tree, by any name that a file system may take for it: nobody can allow that. */
const never = underGlobs(["**/.git", "**/.git~*", "**/git~*"]);

export interface Protection {
  /** Globs beyond the built-in list. */
  readonly protected: readonly string[];
  /** Globs of what may be changed all the same. */
  readonly allow: readonly string[];
}

export interface Split {
  readonly kept: FileChange[];
  readonly dropped: Dropped[];
  /** Protected paths among those that are kept, since they are allowed. */
  readonly opened: string[];
}

/** Splits changes into those that a draft may hold and those that it may not, whichever side of the change they are on. */
export function withoutProtected(
  changes: readonly FileChange[],
  { protected: more, allow }: Protection,
): Split {
  const isProtected = underGlobs([...builtInProtected, ...more]);
  const isAllowed = underGlobs(allow);
  const kindOf = ({ path }: FileChange) => {
    const stored = asStored(path);
    const reason = isProtected(stored) ? "protected" : isAlone(path) ? "lockfile" : null;
    if (reason === null) return "free";
    // What looks like another path is not the one that was allowed.
    return stored === path && isAllowed(path) && !never(path) ? "opened" : reason;
  };
  const isAlone = lockfileAlone(changes);
  const { free = [], opened = [], protected: shut = [], lockfile = [] } = Object.groupBy(changes, kindOf);
  const droppedFor = (reason: Dropped["reason"]) => (change: FileChange) => ({ path: change.path, reason });
  return {
    kept: [...free, ...opened],
    dropped: [...shut.map(droppedFor("protected")), ...lockfile.map(droppedFor("lockfile"))],
    opened: opened.map(({ path }) => path),
  };
}

/** The path that other file systems would make of it: HFS+ drops invisible characters, NTFS dots and blanks at the end. */
function asStored(path: string): string {
  return path
    .normalize("NFKC")
    .replace(/\p{Default_Ignorable_Code_Point}/gu, "")
    .replace(/[. ]+(?=\/|$)/g, "");
}
