import { mkdir } from "node:fs/promises";
import type { RepositoryConfig } from "../../config/types.ts";
import type { Finished, Sandbox } from "../../sandbox/sandbox.ts";
import { checkout } from "../../workspace/checkout.ts";
import { removeAll } from "../../workspace/remove-all.ts";
import type { Repository } from "../../workspace/types.ts";
import type { Setup } from "../plan/plan.ts";
import { copyHome } from "./home.ts";
import { copyInstalled, install } from "./install.ts";
import { runSetup } from "./run-setup.ts";

export interface PrepareOptions {
  readonly repository: Repository;
  readonly tree: string;
  /** An empty or missing folder for the checkout. */
  readonly folder: string;
  /** A missing folder of the controller's that becomes HOME for what runs in the checkout, see `homeMount`. */
  readonly home: string;
  /** What is installed, one after the other. */
  readonly setups: readonly Setup[];
  readonly sandbox: Sandbox;
  /** A folder of the controller's in which installed dependencies are kept for the next checkout. */
  readonly scratch: string;
  readonly network: RepositoryConfig["network"];
  readonly setupMs: number;
  /** Given to setup alone: a registry's address, a proxy. Never to tests or tools. */
  readonly setupEnv?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

/** `failed`: how the setup command `of` ended. */
export type Prepared =
  | { readonly ready: true }
  | { readonly ready: false; readonly failed: Finished; readonly of: Setup };

/**
 * A clean checkout of `tree` in `folder`, owned by the sandbox's user, with its dependencies installed. Each setup runs
 * once for the same manifests and lockfiles, and what it added is copied after that; what it did to tracked files is not kept.
 */
export async function prepareCheckout(options: PrepareOptions): Promise<Prepared> {
  const { repository, tree, folder, home, setups, sandbox } = options;
  await checkout(repository, tree, folder);
  // What an earlier process left there belonged to the sandbox: a link in it would lead the copy astray.
  await removeAll(home);
  await mkdir(home, { recursive: true });
  if (!movable(sandbox)) {
    await adopt(options);
    for (const setup of setups) {
      const finished = await runSetup({ ...options, setup });
      if (finished.exitCode !== 0) return { ready: false, failed: finished, of: setup };
    }
    return { ready: true };
  }
  for (const setup of setups) {
    const installed = await install({ ...options, setup });
    if (!installed.ready) {
      // The model works there all the same.
      await adopt(options);
      return { ...installed, of: setup };
    }
    await copyInstalled(installed, folder);
    await copyHome(installed.home, home);
  }
  await adopt(options);
  return { ready: true };
}

async function adopt({ sandbox, folder, home }: PrepareOptions): Promise<void> {
  await sandbox.adopt(folder);
  await sandbox.adopt(home);
}

/** Whether commands see every folder at the same path, so that what was installed in one works in another. */
function movable(sandbox: Sandbox): boolean {
  return sandbox.inside("/a") === sandbox.inside("/b");
}
