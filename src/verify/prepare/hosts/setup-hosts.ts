import type { RepositoryConfig } from "../../../config/types.ts";
import type { Hosts } from "../../../sandbox/sandbox.ts";
import { type Asking, askClient } from "./ask-client.ts";
import { type Client, clients } from "./clients.ts";

export interface SetupHosts {
  readonly hosts: Hosts;
  /** The clients that would have to say where packages come from, and did not. */
  readonly silent: readonly string[];
}

interface Wanted extends Asking {
  readonly network: RepositoryConfig["network"];
  /** The repository's files. */
  readonly paths: readonly string[];
  readonly command: string;
}

// A machine's configuration does not change while we run.
const told = new Map<string, Promise<string[]>>();

/**
 * What a setup is to reach: the registries of the package managers whose files the repository has or whose names are in
 * the command, as they are configured on this machine, and what the repository's configuration allows.
 */
export async function setupHosts(wanted: Wanted): Promise<SetupHosts> {
  const { network, paths, command, sandbox } = wanted;
  const repository = typeof network === "string" ? [] : network.allow;
  const asks = sandbox.wantsRegistries === true && network !== "none";
  const needed = asks
    ? clients.filter(({ files, words }) => words.test(command) || paths.some((path) => files.test(path)))
    : [];
  const found = await Promise.all(needed.map((client) => hostsOf(client, wanted)));
  return {
    hosts: { registries: [...new Set(found.flat())], repository },
    silent: needed.filter((_, i) => found[i]?.length === 0).map(({ name }) => name),
  };
}

async function hostsOf(client: Client, asking: Asking): Promise<string[]> {
  const key = JSON.stringify([client.name, asking.setupEnv ?? {}]);
  const asked = told.get(key) ?? askClient(client, asking);
  told.set(key, asked);
  // One that was cut off, or had no network, may answer the next time.
  const hosts = await asked.catch((error: unknown) => {
    told.delete(key);
    throw error;
  });
  if (hosts.length === 0) told.delete(key);
  return hosts;
}
