import { mkdir } from "node:fs/promises";
import type { RepositoryConfig } from "../../config/types.ts";
import type { Finished, Sandbox } from "../../sandbox/sandbox.ts";
import { checkout } from "../../workspace/checkout.ts";
import { listFiles } from "../../workspace/list-files.ts";
import { removeAll } from "../../workspace/remove-all.ts";
import type { Repository } from "../../workspace/types.ts";
import type { Setup } from "../plan/plan.ts";
import { copyHome } from "./home.ts";
import { copyInstalled, type Installed, install, shareInstalled } from "./install.ts";
import { runSetup } from "./run-setup.ts";
import type { NoteSetup } from "./setup-notes.ts";

export interface PrepareOptions {
  readonly repository: Repository;
  readonly tree: string;
  /** The tree whose files are checked out, where it is not the one whose dependencies are installed. */
  readonly content?: string;
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
  /** Whether it may share its dependencies' files with other checkouts: not one that is given away a second time. */
  readonly shares?: boolean;
  /** Given to setup alone: a registry's address, a proxy. Never to tests or tools. */
  readonly setupEnv?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
  /** Hears what there is to say of each setup, also of one that was made for an earlier checkout. */
  readonly noteSetup?: NoteSetup;
}

/** How a setup ended that failed. */
export interface FailedSetup {
  readonly setup: Setup;
  readonly failed: Finished;
}

/** `without`: setups away from the change that failed. */
export type Prepared =
  | { readonly ready: true; readonly without: readonly FailedSetup[] }
  | ({ readonly ready: false } & FailedSetup);

/**
 * A clean checkout of `tree` in `folder`, owned by the sandbox's user, with its dependencies installed. Each setup runs
 * once for the same manifests and lockfiles, and what it added is copied after that; what it did to tracked files is not kept.
 */
export async function prepareCheckout(options: PrepareOptions): Promise<Prepared> {
  const { repository, tree, folder, home, setups, sandbox } = options;
  await checkout(repository, options.content ?? tree, folder);
  // What an earlier process left there belonged to the sandbox: a link in it would lead the copy astray.
  await removeAll(home);
  await mkdir(home, { recursive: true });
  const sharing: Installed[] = [];
  const { failed, without } = movable(sandbox) ? await inTurn(setups, copied) : await inTurn(setups, ranHere);
  // The model works there all the same.
  await sandbox.adopt(folder);
  await sandbox.adopt(home);
  // After the checkout was given away: these files are not.
  for (const installed of sharing) await shareInstalled(installed, folder, home);
  return failed === null ? { ready: true, without } : { ready: false, ...failed };

  /** Takes over what `setup` installs; how it ended, where it failed. */
  async function copied(setup: Setup): Promise<Finished | null> {
    const installed = await install({ ...options, setup });
    options.noteSetup?.(installed.notes);
    if (installed.failed !== null && setup.mayFail !== true) return installed.failed;
    await copyInstalled(installed, folder, options.shares ? installed.shared : []);
    await copyHome(installed.home, home, options.shares ? installed.sharedHome : []);
    if (options.shares) sharing.push(installed);
    return null;
  }

  async function ranHere(setup: Setup): Promise<Finished | null> {
    const paths = (await listFiles(repository, tree)).map((file) => file.path);
    const { finished, notes } = await runSetup({ ...options, setup, paths });
    options.noteSetup?.(notes);
    return finished.exitCode === 0 || setup.mayFail === true ? null : finished;
  }
}

/** One setup after the other, up to one near the change that fails. */
async function inTurn(setups: readonly Setup[], run: (setup: Setup) => Promise<Finished | null>) {
  const without: FailedSetup[] = [];
  for (const setup of setups) {
    const failed = await run(setup);
    if (failed === null) continue;
    if (setup.near) return { failed: { setup, failed }, without };
    without.push({ setup, failed });
  }
  return { failed: null, without };
}

/** Whether commands see every folder at the same path, so that what was installed in one works in another. */
function movable(sandbox: Sandbox): boolean {
  return sandbox.inside("/a") === sandbox.inside("/b");
}
