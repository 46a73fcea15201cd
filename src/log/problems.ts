import { attemptProblems } from "./attempt-problems.ts";
import { gitProblems } from "./git-problems.ts";
import { moneyProblems } from "./money-problems.ts";
import { entry } from "./problem-entry.ts";
import { runProblems } from "./run-problems.ts";
import { sandboxProblems } from "./sandbox-problems.ts";
import { storeProblems } from "./store-problems.ts";

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
  ...moneyProblems,
  ...runProblems,
  ...attemptProblems,
  ...sandboxProblems,
  ...gitProblems,
  "price-unknown": entry(
    "use",
    ({ model, tokens }) =>
      `The price of ${model} is not known, so the limit in dollars does not hold; ${tokens} output tokens are the limit.`,
    () => "State the price of its input and output tokens, or choose a model whose price is known.",
  ),
  ...storeProblems,
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
    ({ variables }) => `Stop what listens there, or set ${variables} to something else.`,
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
  "installation-gone": entry(
    "stopped",
    ({ repository, said }) =>
      `The App is no longer installed for ${repository}, or suspended there (${said}).`,
    () => "Install it again or lift the suspension, then ask again.",
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
    () =>
      "Nothing was overwritten: comment /revise on its pull request for a commit on top of that, or /regenerate force to go on without it. Where there is none, keep that work elsewhere and delete the branch.",
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

/** What only the operator can change: tried again, it costs a checkout and an installation each time. */
const final: ReadonlySet<ProblemCode> = new Set(["model-spend-limit", "model-key", "model-request"]);

/** Whether it may be otherwise by itself in a while, so that the same is worth trying again. */
export const passes = (code: ProblemCode) => problems[code].kind === "infrastructure" && !final.has(code);
