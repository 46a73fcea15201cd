import { entry } from "./problem-entry.ts";

const raiseSize =
  "Take large files out of it, or let the operator raise FIRSTDRAFT_MAX_REPOSITORY_MIB and ask again.";

/** What may be wrong with a repository, with fetching it, or with a change to it. */
export const gitProblems = {
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
  "repository-too-large": entry(
    "stopped",
    ({ repository, has, mib }) =>
      `The repository ${repository} has ${has} MiB on GitHub, history included; those of up to ${mib} MiB are fetched here.`,
    () => raiseSize,
  ),
  "repository-fetch-too-large": entry(
    "stopped",
    ({ repository, mib }) =>
      `The newest commit of ${repository} is more than ${mib} MiB to fetch, so fetching it was stopped.`,
    () => raiseSize,
  ),
  "commit-too-large": entry(
    "stopped",
    ({ repository, mib, files }) =>
      `The newest commit of ${repository} has files of more than ${mib} MiB together, or more than ${files} files.`,
    () => raiseSize,
  ),
  "branch-missing": entry(
    "stopped",
    ({ repository, branch }) => `The branch ${branch} of ${repository} does not exist.`,
    () => "Check the repository's default branch.",
  ),
  "commit-gone": entry(
    "stopped",
    ({ repository, commit }) => `The commit ${commit} is no longer to be had from ${repository}.`,
    () => "If its branch was rewritten, the run for the new commit says how that stands; else try again.",
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
  "change-too-large": entry(
    "stopped",
    ({ bytes }) => `The changed files have ${bytes} bytes together; those of a draft may have 30 MB.`,
    () => "If they are build output, add them to .gitignore; else ask for less in one issue.",
  ),
  "rules-unreadable": entry(
    "stopped",
    ({ path }) => `${path} is not a file, or larger than 1 MB, so git cannot read its rules.`,
    () => "Look in the journal for what made it; a setup or test script of the repository may have.",
  ),
};
