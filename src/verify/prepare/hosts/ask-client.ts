import { mkdir, mkdtemp } from "node:fs/promises";
import { join } from "node:path";
import { networkEnvironment } from "../../../sandbox/environment.ts";
import { ownNode } from "../../../sandbox/own-node.ts";
import type { Sandbox } from "../../../sandbox/sandbox.ts";
import { removeAll } from "../../../workspace/remove-all.ts";
import { namedPlaces } from "../named-places.ts";
import type { Client } from "./clients.ts";

export interface Asking {
  readonly sandbox: Sandbox;
  /** A folder of the controller's. */
  readonly scratch: string;
  readonly setupEnv?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

const timeoutMs = 60_000;

/** The hosts that a client takes packages from, by `name:port`; none where it does not say, or is not here. */
export async function askClient({ steps }: Client, asking: Asking): Promise<string[]> {
  const { sandbox, scratch, setupEnv, signal } = asking;
  const node = ownNode(sandbox);
  await mkdir(scratch, { recursive: true });
  const folder = await mkdtemp(join(scratch, "client-"));
  await sandbox.adopt(folder);
  try {
    let addresses: string[] = [];
    for (const [i, step] of steps.entries()) {
      const finished = await sandbox.run({
        argv: ["sh", "-c", step, "ask", ...addresses],
        ...{ folder, timeoutMs, mounts: [...node.mounts, ...namedPlaces(setupEnv)], network: i > 0 },
        hosts: { registries: hostsOf(addresses), repository: [] },
        env: {
          ...networkEnvironment(),
          npm_config_update_notifier: "false",
          PIP_DISABLE_PIP_VERSION_CHECK: "1",
          ...setupEnv,
          FIRSTDRAFT_NODE: node.path,
        },
        ...(signal === undefined ? {} : { signal }),
      });
      signal?.throwIfAborted();
      addresses = [...new Set([...addresses, ...addressesIn(finished.output)])];
    }
    return hostsOf(addresses);
  } finally {
    await removeAll(folder);
  }
}

/**
 * What stands on a line of its own, behind nothing but a tag or the word for a kind of index; without a name and password in
 * it: it becomes an argument of a command, which others on this machine see.
 */
export function addressesIn(output: string): string[] {
  return output.split("\n").flatMap((line) => {
    const [, address] = /^(?:<url>|sparse\+)?(https?:\/\/[^\s"'<>]+)/.exec(line.trim()) ?? [];
    const bare = address?.replace(/^(https?:\/\/)[^/?#]*@/, "$1");
    return bare !== undefined && URL.canParse(bare) ? bare : [];
  });
}

function hostsOf(addresses: readonly string[]): string[] {
  const hosts = addresses.map((address) => {
    const { protocol, hostname, port } = new URL(address);
    return `${hostname}:${port === "" ? (protocol === "https:" ? 443 : 80) : port}`;
  });
  return [...new Set(hosts)];
}
