import { networkEnvironment } from "../environment.ts";
import { ownNode } from "../own-node.ts";
import { ownInside } from "../paths.ts";
import type { Sandbox } from "../sandbox.ts";
import { openOutlet, socketName } from "./open-outlet.ts";

const inside = `${ownInside}/outlet`;
const port = 3128;

/** Runs inside: hands connections to a port of the sandbox's own loopback on to the outlet, while the command runs. */
const relay = `
const net = require("node:net"), { spawn } = require("node:child_process");
const [socket, port, command, ...words] = process.argv.slice(1);
net.createServer((near) => {
  const far = net.connect(socket);
  for (const [a, b] of [[near, far], [far, near]]) a.on("error", () => b.destroy()).on("close", () => b.destroy()).pipe(b);
}).listen(Number(port), "127.0.0.1", () => {
  const child = spawn(command, words, { stdio: "inherit" });
  child.on("error", () => process.exit(127));
  child.on("exit", (code, signal) => process.exit(code ?? 128 + require("node:os").constants.signals[signal]));
});`;

/**
 * `sandbox`, but for what a command with network reaches: not this machine's network any more, but a network of its own
 * with one way out, a proxy of ours to `hosts`. No loopback, socket or neighbour of this machine is in reach.
 */
export function withOutlet(sandbox: Sandbox, hosts: readonly string[]): Sandbox {
  return {
    ...sandbox,
    run: async (command) => {
      if (command.network !== true) return sandbox.run(command);
      await using outlet = await openOutlet(hosts);
      const node = ownNode(sandbox);
      return await sandbox.run({
        ...command,
        network: false,
        argv: [node.path, "-e", relay, "--", `${inside}/${socketName}`, `${port}`, ...command.argv],
        mounts: [...(command.mounts ?? []), ...node.mounts, { host: outlet.folder, inside }],
        env: { ...networkEnvironment(), ...proxyEnvironment, ...command.env },
      });
    },
  };
}

const address = `http://127.0.0.1:${port}`;
const local = "localhost,127.0.0.1,::1";
const proxyEnvironment = {
  HTTP_PROXY: address,
  HTTPS_PROXY: address,
  NO_PROXY: local,
  http_proxy: address,
  https_proxy: address,
  no_proxy: local,
};
