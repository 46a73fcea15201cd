/** What the sentences of a problem may name. */
export type Details = Readonly<Record<string, string | number>>;

/**
 * Who has to act. `use`: the person who asked (exit code 2) · `stopped`: nobody, the world moved on (exit code 1) ·
 * `infrastructure`: the operator, or time (exit code 3).
 */
export type ProblemKind = "use" | "stopped" | "infrastructure";

interface Entry {
  readonly kind: ProblemKind;
  readonly what: (details: Details) => string;
  readonly fix: (details: Details) => string;
}

const entry = (kind: ProblemKind, what: Entry["what"], fix: Entry["fix"]): Entry => ({ kind, what, fix });

/** The catalogue: every expected failure, one sentence for what is wrong and one for what to change. */
export const problems = {
  usage: entry(
    "use",
    ({ text }) => `${text}.`,
    ({ command }) => `firstdraft ${command} --help shows how it is called.`,
  ),
  "unknown-command": entry(
    "use",
    ({ name }) => `There is no command ${name}.`,
    ({ known }) => `The commands are ${known}.`,
  ),
  "sandbox-missing": entry(
    "infrastructure",
    () => "bubblewrap (bwrap) is not installed, so generated code has nowhere safe to run.",
    () => "Install it: apt-get install bubblewrap (Debian, Ubuntu) or dnf install bubblewrap (Fedora).",
  ),
  "git-missing": entry(
    "infrastructure",
    () => "git is not installed, or not on the PATH.",
    () => "Install it: apt-get install git (version 2.36 or later).",
  ),
  "git-failed": entry(
    "infrastructure",
    ({ message }) => `git failed: ${message}`,
    () => "Try again; if it stays, look at the repository with git itself.",
  ),
  "git-auth": entry(
    "infrastructure",
    ({ repository }) => `git was not let into ${repository}.`,
    () => "Check that the token or the App's installation may read the repository's contents.",
  ),
  "git-unreachable": entry(
    "infrastructure",
    ({ repository }) =>
      `The repository ${repository} could not be fetched: the server did not answer, or too slowly.`,
    () => "Check the network, HTTPS_PROXY and GIT_SSL_CAINFO, then try again.",
  ),
  "disk-full": entry(
    "infrastructure",
    () => "The disk is full.",
    () => "Free some space below DATA_DIR (its cache may go when nothing runs) and try again.",
  ),
  "repository-not-found": entry(
    "stopped",
    ({ repository }) => `The repository ${repository} does not exist, or is not visible to firstdraft.`,
    () => "Check its name, and that the App is installed on it.",
  ),
  "repository-empty": entry(
    "use",
    ({ repository }) => `The repository ${repository} has no commit to start from.`,
    () => "Make a first commit.",
  ),
  "branch-missing": entry(
    "stopped",
    ({ repository, branch }) => `The branch ${branch} of ${repository} does not exist.`,
    () => "Check the repository's default branch.",
  ),
  "repository-name-refused": entry(
    "use",
    ({ name }) => `"${name}" is not a repository's name that firstdraft works with.`,
    () => "Give it as owner/repo: letters, digits, dots, dashes and underscores.",
  ),
  "branch-name-refused": entry(
    "use",
    ({ branch }) => `"${branch}" is not a branch name that firstdraft works with.`,
    () =>
      "Use a branch whose name has only letters, digits and ._/+@#=,- in it, and begins with none of these.",
  ),
  "remote-url-refused": entry(
    "infrastructure",
    () => "The address to fetch from is not plain HTTP or HTTPS without credentials.",
    () => "Check GHE_HOST and GHE_PROTOCOL, or GITHUB_API_URL.",
  ),
  "not-a-repository": entry(
    "use",
    ({ dir }) => `${dir} is not in a git repository.`,
    () => "Give a folder that is, or make it one: git init, then commit.",
  ),
  "revision-unknown": entry(
    "use",
    ({ rev }) => `The revision ${rev} is not in the repository.`,
    () => "Give a branch, a tag or a commit that git rev-parse knows there.",
  ),
  "change-too-many-files": entry(
    "stopped",
    ({ files, limit }) => `The change touches ${files} files; a draft may touch ${limit}.`,
    () => "If they are build output, add them to .gitignore; else ask for less in one issue.",
  ),
  "change-file-too-large": entry(
    "stopped",
    ({ path, size }) => `The change holds ${path} with ${size} bytes; a draft's file may have 20 MB.`,
    () => "If it is build output, add it to .gitignore.",
  ),
};

export type ProblemCode = keyof typeof problems;
