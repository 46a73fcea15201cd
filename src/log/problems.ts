import { entry } from "./problem-entry.ts";
import { runProblems } from "./run-problems.ts";
import { sandboxProblems } from "./sandbox-problems.ts";

export type { Details, ProblemKind } from "./problem-entry.ts";

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
  ...runProblems,
  ...sandboxProblems,
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
  "price-unknown": entry(
    "use",
    ({ model, tokens }) =>
      `The price of ${model} is not known, so the limit in dollars does not hold; ${tokens} output tokens are the limit.`,
    () => "State the price of its input and output tokens, or choose a model whose price is known.",
  ),
  "journal-unreadable": entry(
    "use",
    ({ path, why }) => `The journal ${path} cannot be read: ${why}.`,
    () => "Give the journal.jsonl of a run of this version of firstdraft.",
  ),
  "journal-exhausted": entry(
    "stopped",
    ({ replies }) => `The record ends after ${replies} replies, but the run asks for another.`,
    () => "The record is of an unfinished run, or the repository differs from the recorded one.",
  ),
  "data-dir-locked": entry(
    "infrastructure",
    ({ dir, pid }) => `The data folder ${dir} is in use by another firstdraft (process ${pid}).`,
    () =>
      "Stop that one first, give this one its own DATA_DIR, or let both share a PostgreSQL by DATABASE_URL.",
  ),
  "data-dir-unusable": entry(
    "infrastructure",
    ({ dir, why }) => `The data folder ${dir} cannot be used: ${why}.`,
    () => "Make it writable for this user, or set DATA_DIR to a folder that is.",
  ),
  "database-unreachable": entry(
    "infrastructure",
    ({ why }) => `The database of DATABASE_URL cannot be opened: ${why}.`,
    () => "Start PostgreSQL, correct DATABASE_URL, or unset it to keep the queue in DATA_DIR.",
  ),
  "app-variable-missing": entry(
    "use",
    ({ name }) => `The environment variable ${name} is not set, and the App cannot start without it.`,
    () => "Set it: `app.yml` and the README say where on the App's settings page its value stands.",
  ),
  "app-variable-invalid": entry(
    "use",
    ({ name, why }) => `The environment variable ${name} cannot be used: ${why}.`,
    () => "Correct it: the README says what it has to hold.",
  ),
  "app-refused": entry(
    "use",
    ({ status, host }) => `${host} does not accept this App's key (status ${status}).`,
    () =>
      "Check that APP_ID and PRIVATE_KEY belong to the same App, that GHE_HOST is right, and that the clock is.",
  ),
  "port-unusable": entry(
    "infrastructure",
    ({ address, why }) => `Cannot listen on ${address}: ${why}.`,
    () => "Stop what listens there, or set PORT (and HOST) to something else.",
  ),
  "github-token": entry(
    "infrastructure",
    () => "GitHub does not accept the token.",
    () =>
      "It may have expired, or the App was suspended or uninstalled: give a new token, or install the App again.",
  ),
  "github-forbidden": entry(
    "infrastructure",
    ({ repository, request, said }) => `GitHub does not allow this in ${repository} (${request}: ${said}).`,
    () => "Give the token or the App the permissions that the README lists.",
  ),
  "github-not-found": entry(
    "stopped",
    ({ repository, request }) => `GitHub does not find this in ${repository} (${request}).`,
    () => "It was deleted or moved, or the token or the App cannot see it.",
  ),
  "github-refused": entry(
    "stopped",
    ({ repository, request, status, said }) =>
      `GitHub refused this in ${repository} (${request}: ${status} ${said}).`,
    () => "Look whether a rule of the repository is in the way, then try again.",
  ),
  "github-rate-limit": entry(
    "infrastructure",
    ({ minutes }) => `GitHub's limit of requests is used up for another ${minutes} min.`,
    () => "Try again then.",
  ),
  "github-unavailable": entry(
    "infrastructure",
    ({ status, request }) => `GitHub failed (${request}: ${status}), also when asked again.`,
    () => "Look at githubstatus.com and try again later.",
  ),
  "github-unreachable": entry(
    "infrastructure",
    ({ request }) => `GitHub could not be reached (${request}).`,
    () => "Check the network, GHE_HOST or GITHUB_API_URL, and try again.",
  ),
  "repository-archived": entry(
    "stopped",
    ({ repository }) => `The repository ${repository} is archived, so nothing can be written to it.`,
    () => "Unarchive it first.",
  ),
  "branch-moved": entry(
    "stopped",
    ({ branch, head }) => `The branch ${branch} stands on a commit that firstdraft did not make (${head}).`,
    () => "Nothing was overwritten: keep that work elsewhere and delete the branch, or go on by hand.",
  ),
  "pull-request-foreign": entry(
    "stopped",
    ({ number, branch, author }) =>
      `Pull request #${number} from ${branch} was opened by ${author}, not by firstdraft.`,
    () => "Close it or rename its branch, then ask again.",
  ),
  "tree-mismatch": entry(
    "infrastructure",
    ({ built, proved }) => `GitHub built the tree ${built}, but ${proved} is the one that was proved.`,
    () => "Nothing was published; try again.",
  ),
  "file-not-written": entry(
    "use",
    ({ path, why }) => `The file ${path} cannot be written (${why}).`,
    () => "Name one in a folder that is there and can be written to.",
  ),
  "setting-invalid": entry(
    "use",
    ({ name }) => `The setting ${name} has a value that it cannot have.`,
    ({ name, allowed }) => `${name} takes ${allowed}.`,
  ),
  "setting-names-secret": entry(
    "use",
    ({ list, name }) => `${list} lists ${name}, which a repository's code must not see.`,
    () => "Take it off the list.",
  ),
  "config-invalid": entry(
    "use",
    ({ path, line, wrong }) => `${path}, line ${line}: ${wrong}.`,
    ({ hint }) => (/[.?]$/.test(`${hint}`) ? `${hint}` : `${hint}.`),
  ),
};

export type ProblemCode = keyof typeof problems;

/** Whether it may be otherwise by itself in a while, so that the same is worth trying again. */
export const passes = (code: ProblemCode) =>
  problems[code].kind === "infrastructure" && code !== "model-spend-limit";
