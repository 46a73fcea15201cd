import { networkEnvironment } from "../environment.ts";
import { ownNode } from "../own-node.ts";
import { ownInside } from "../paths.ts";
import type { Sandbox } from "../sandbox.ts";
import { clientEnvironment } from "./client-environment.ts";
import type { Resolve } from "./find-way.ts";
import { removeDeadOutlets } from "./left-over.ts";
import { openOutlet, socketName } from "./open-outlet.ts";
import { rulesOf } from "./rules.ts";

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

/** The words that stand for hosts in the operator's list. */
export const registriesWord = "registries";
export const repositoryWord = "repository";

/**
 * `sandbox`, but for what a command with network reaches: not this machine's network any more, but a network of its own
 * with one way out, a proxy of ours to the hosts that the operator lists, and to those that the command names where
 * `registries` or `repository` is in that list. No loopback, socket or neighbour of this machine is in reach.
 */
export function withOutlet(sandbox: Sandbox, list: readonly string[], resolve?: Resolve): Sandbox {
  const words = [registriesWord, repositoryWord];
  const listed = list.filter((one) => !words.includes(one));
  const wantsRegistries = list.includes(registriesWord);
  const letsRepository = list.includes(repositoryWord);
  return {
    ...sandbox,
    wantsRegistries,
    removeLeftOver: async () => {
      await sandbox.removeLeftOver?.();
      await removeDeadOutlets();
    },
    run: async (command) => {
      if (command.network !== true) return sandbox.run(command);
      const operators = [...listed, ...(wantsRegistries ? (command.hosts?.registries ?? []) : [])];
      const repositorys = letsRepository ? (command.hosts?.repository ?? []) : [];
      await using outlet = await openOutlet(rulesOf(operators, repositorys), resolve);
      const node = ownNode(sandbox);
      const finished = await sandbox.run({
        ...command,
        network: false,
        argv: [node.path, "-e", relay, "--", `${inside}/${socketName}`, `${port}`, ...command.argv],
        mounts: [...(command.mounts ?? []), ...node.mounts, { host: outlet.folder, inside }],
        env: { ...networkEnvironment(), ...command.env, ...clientEnvironment(port, operators, command.env) },
      });
      const refused = outlet.refused();
      return refused.length === 0 ? finished : { ...finished, refused };
    },
  };
}
