import type { Command, Finished } from "../../sandbox/sandbox.ts";
import type { Setup } from "../plan/plan.ts";
import { homeMount } from "./home.ts";
import type { PrepareOptions } from "./prepare-checkout.ts";

export type SetupOptions = Pick<
  PrepareOptions,
  "sandbox" | "folder" | "home" | "network" | "setupMs" | "setupEnv" | "signal"
> & {
  readonly setup: Setup;
};

// Where the checkout is a mount of its own, pnpm would keep its store there.
const stores = 'export npm_config_store_dir="$HOME/.pnpm-store" YARN_CACHE_FOLDER="$HOME/.yarn-cache"';

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

/**
 * Installs dependencies in the checkout `folder`: the one command that may have network. Where that fails and nothing of
 * the repository's own is built by it, once more without the packages' scripts: an addon that does not compile here may
 * be one that no test needs.
 */
export async function runSetup(options: SetupOptions): Promise<Finished> {
  const { command, readsSources, ahead } = options.setup;
  const finished = command === null ? nothing : await installed(options, command, readsSources);
  if (finished.exitCode === 0 && ahead !== undefined)
    await call(options, ahead, { network: false, timeoutMs: Math.min(mostAheadMs, options.setupMs) });
  return finished;
}

const nothing: Finished = {
  ...{ exitCode: 0, output: "", truncated: false, timedOut: false, cancelled: false, durationMs: 0 },
};
/** Milliseconds of compiling ahead. */
const mostAheadMs = 300_000;

async function installed(options: SetupOptions, command: string, readsSources: boolean): Promise<Finished> {
  const network = options.network === "setup";
  const first = await call(options, command, { network });
  const isFinal = first.exitCode === 0 || first.timedOut || readsSources || !installsPackages.test(command);
  if (isFinal || !scriptFailed.test(first.output)) return first;
  const second = await call(options, command, { network, env: withoutScripts });
  return second.exitCode === 0 ? second : first;
}

/** What is said of a package's script that fails. */
const scriptFailed = /\bgyp\b|ELIFECYCLE|Command failed|command failed|postinstall|install script/;

async function call(
  options: SetupOptions,
  command: string,
  how: Pick<Command, "network" | "env"> & { readonly timeoutMs?: number },
): Promise<Finished> {
  const place = options.setup.folder;
  const finished = await options.sandbox.run({
    argv: ["sh", "-c", `${stores}; cd "./$2" && exec sh -c "$1"`, "setup", command, place],
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
    mounts: [homeMount(options.home)],
    network: how.network === true,
    timeoutMs: how.timeoutMs ?? options.setupMs,
    ...(options.signal === undefined ? {} : { signal: options.signal }),
  });
  options.signal?.throwIfAborted();
  return finished;
}
