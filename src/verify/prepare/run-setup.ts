import type { Finished } from "../../sandbox/sandbox.ts";
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

/** Installs dependencies in the checkout `folder`: the one command that may have network. */
export async function runSetup(options: SetupOptions): Promise<Finished> {
  const { command, folder: place } = options.setup;
  const finished = await options.sandbox.run({
    argv: ["sh", "-c", `${stores}; cd "./$2" && exec sh -c "$1"`, "setup", command, place],
    folder: options.folder,
    env: {
      CI: "true",
      npm_config_audit: "false",
      npm_config_fund: "false",
      npm_config_update_notifier: "false",
      PIP_DISABLE_PIP_VERSION_CHECK: "1",
      ...withoutBrowsers,
      ...options.setupEnv,
    },
    mounts: [homeMount(options.home)],
    network: options.network === "setup",
    timeoutMs: options.setupMs,
    ...(options.signal === undefined ? {} : { signal: options.signal }),
  });
  options.signal?.throwIfAborted();
  return finished;
}
