import type { Command, Finished } from "../../sandbox/sandbox.ts";
import type { Setup } from "../plan/plan.ts";
import { homeMount } from "./home.ts";
import { setupHosts } from "./hosts/setup-hosts.ts";
import { namedPlaces } from "./named-places.ts";
import type { PrepareOptions } from "./prepare-checkout.ts";
import { failedScripts, scriptsApart } from "./scripts-apart.ts";
import type { SetupNotes } from "./setup-notes.ts";

export type SetupOptions = Pick<
  PrepareOptions,
  "sandbox" | "folder" | "home" | "scratch" | "network" | "setupMs" | "setupEnv" | "signal"
> & {
  readonly setup: Setup;
  /** The files of the tree. */
  readonly paths: readonly string[];
};

// Where the checkout is a mount of its own, pnpm would keep its store there.
const stores = 'export npm_config_store_dir="$HOME/.pnpm-store" YARN_CACHE_FOLDER="$HOME/.yarn-cache"';
// Yarn from 2 stops at variables that only its forerunner knows.
const modernYarn = "[ ! -e .yarnrc.yml ] || unset YARN_IGNORE_ENGINES YARN_IGNORE_SCRIPTS";

// Browsers and the like, which packages fetch from elsewhere as they are installed: large, and often out of reach.
const withoutBrowsers = {
  CYPRESS_INSTALL_BINARY: "0",
  ELECTRON_SKIP_BINARY_DOWNLOAD: "1",
  PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD: "1",
  PUPPETEER_SKIP_CHROMIUM_DOWNLOAD: "true",
  PUPPETEER_SKIP_DOWNLOAD: "true",
};

// As configuration of npm, pnpm and yarn.
const withoutScripts = { npm_config_ignore_scripts: "true", YARN_IGNORE_SCRIPTS: "true" };
const installsPackages = /\b(npm (ci|i|install)|(pnpm|yarn) install)\b/;

/** How a setup ended, and what else there is to say of it. */
export interface SetupRun {
  readonly finished: Finished;
  readonly notes: SetupNotes;
}

/**
 * Installs dependencies in the checkout `folder`: the one command that may have network. What packages run when they are
 * installed runs after it, without; where that fails and nothing of the repository's own is built by it, the packages stay
 * as they are: an addon that does not compile here may be one that no test needs.
 */
export async function runSetup(options: SetupOptions): Promise<SetupRun> {
  const { command, readsSources, ahead } = options.setup;
  const run = command === null ? nothing : await installed(options, command, readsSources);
  if (run.finished.exitCode === 0 && ahead !== undefined)
    await call(options, ahead, { timeoutMs: Math.min(mostAheadMs, options.setupMs) });
  return run;
}

/** What an installation says itself that it did without. */
function missingIn(output: string): Pick<SetupNotes, "missing"> {
  const missing = [...output.matchAll(/^not installed: (.{1,200})$/gm)].map(([, what = ""]) => what);
  return missing.length === 0 ? {} : { missing };
}

const finished: Finished = {
  ...{ exitCode: 0, output: "", truncated: false, timedOut: false, cancelled: false, durationMs: 0 },
};
const nothing: SetupRun = { finished, notes: { refused: [], silent: [], scripts: [] } };
/** Milliseconds of compiling ahead. */
const mostAheadMs = 300_000;

async function installed(options: SetupOptions, command: string, readsSources: boolean): Promise<SetupRun> {
  const { network, paths, sandbox } = options;
  const { hosts, silent } = await setupHosts({ ...options, network, paths, command });
  const isAny = network !== "none" && sandbox.name !== "none" && sandbox.wantsRegistries === undefined;
  const withNetwork: How = { network: network !== "none", hosts };
  const noted = (run: Finished, scripts: readonly string[] = []): SetupRun => ({
    finished: run,
    notes: {
      ...{ refused: run.refused ?? [], silent, scripts, ...missingIn(run.output) },
      ...(isAny ? { any: true } : {}),
    },
  });
  const apart = typeof network === "object" && network.scripts ? null : scriptsApart(command);
  if (apart === null) return noted(await inOne(options, command, readsSources, withNetwork));

  const first = await call(options, command, { ...withNetwork, env: apart.without });
  if (first.exitCode !== 0) return noted(first);
  const after = await call(options, apart.after, { argument: command });
  const output = `${first.output}\n${after.output}`;
  const failed = failedScripts(after.output);
  if (after.exitCode === 0) return noted({ ...first, output }, failed);
  if (readsSources) return noted({ ...first, ...after, output }, failed);
  return noted({ ...first, output }, failed.length === 0 ? ["the repository itself"] : failed);
}

/** With the packages' scripts, and if these fail without. */
async function inOne(options: SetupOptions, command: string, readsSources: boolean, how: How) {
  const first = await call(options, command, how);
  const isFinal = first.exitCode === 0 || first.timedOut || readsSources || !installsPackages.test(command);
  if (isFinal || !scriptFailed.test(first.output)) return first;
  const second = await call(options, command, { ...how, env: withoutScripts });
  return second.exitCode === 0 ? { ...first, ...second } : first;
}

/** What is said of a package's script that fails. */
const scriptFailed = /\bgyp\b|ELIFECYCLE|Command failed|command failed|postinstall|install script/;

interface How extends Pick<Command, "network" | "hosts" | "env"> {
  readonly timeoutMs?: number;
  /** What the command finds as `$1`. */
  readonly argument?: string;
}

async function call(options: SetupOptions, command: string, how: How): Promise<Finished> {
  const { setup, signal } = options;
  const run = await options.sandbox.run({
    argv: [
      ...["sh", "-c", `${stores}; cd "./$2" && { ${modernYarn}; } && exec sh -c "$1" setup "$3"`, "setup"],
      ...[command, setup.folder, how.argument ?? ""],
    ] as [string, ...string[]],
    folder: options.folder,
    env: {
      CI: "true",
      npm_config_audit: "false",
      npm_config_fund: "false",
      npm_config_update_notifier: "false",
      // Old packages name the newest node of their day.
      YARN_IGNORE_ENGINES: "true",
      PIP_DISABLE_PIP_VERSION_CHECK: "1",
      ...withoutBrowsers,
      ...how.env,
      ...options.setupEnv,
    },
    mounts: [homeMount(options.home), ...namedPlaces(options.setupEnv)],
    network: how.network === true,
    ...(how.hosts === undefined ? {} : { hosts: how.hosts }),
    timeoutMs: how.timeoutMs ?? options.setupMs,
    ...(signal === undefined ? {} : { signal }),
  });
  signal?.throwIfAborted();
  return run;
}
