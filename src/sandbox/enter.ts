import type { ChildProcess } from "node:child_process";
import { delimiter } from "node:path";
import { bubblewrapArguments, type Inner } from "./bubblewrap-arguments.ts";
import { giveLeave, HANDSHAKE } from "./handshake.ts";
import { launch } from "./launch.ts";
import type { Machine } from "./machine.ts";
import { descendants, signalProcess } from "./process-tree.ts";
import type { Command } from "./sandbox.ts";
import { behindScreen, screenFor } from "./screen.ts";

export interface Entered {
  readonly child: ChildProcess;
  /** Whether the namespaces stood and what runs in them was given leave to start. */
  readonly ready: () => boolean;
}

/** Starts `inner` in namespaces of bubblewrap's, as a user without rights. `stdin`: whether it can be spoken to. */
export function enter(machine: Machine, command: Command, inner: Inner, stdin: "pipe" | "ignore"): Entered {
  const argv = bubblewrapArguments(machine, command, inner);
  const descriptors = [inner.brings, ...machine.ownFiles.map(({ file }) => file)].map((file) => file.open());
  const { uid } = machine;
  const common = {
    env: { PATH: machine.toolchains.path.join(delimiter) },
    cwd: "/",
    descriptors,
    line: HANDSHAKE,
    stdin,
  };
  const way = uid === null ? { argv } : asUser(machine, command, argv, uid);
  const child = launch({ ...common, ...way });
  return { child, ready: giveLeave(child, inner.told) };
}

/** From root to `uid`: by the spawn itself where everything is in its reach, else on the way through a screen. */
function asUser(
  { screen, toolchains }: Machine,
  { folder, mounts = [] }: Command,
  inner: [string, ...string[]],
  uid: number,
): { argv: [string, ...string[]]; uid?: number } {
  const asked = [folder, ...mounts.map(({ host }) => host)];
  if (screenFor(asked, uid) !== null) {
    const all = screenFor([...asked, ...toolchains.binds, process.execPath], uid);
    const identity = ["--reuid", `${uid}`, "--regid", `${uid}`, "--clear-groups", "--no-new-privs"];
    if (all) return { argv: behindScreen(all, ["setpriv", ...identity, ...inner]) as [string, ...string[]] };
  }
  if (screen === null) return { argv: inner, uid };
  const entrance = [`--mount=/proc/${process.pid}/fd/${screen}`, `--setuid=${uid}`, `--setgid=${uid}`];
  return { argv: ["nsenter", ...entrance, "--", ...inner] };
}

/** bubblewrap's outer process is the parent that the inner ones die with; the pid namespace goes with its first. */
export function killEntered(pid: number): void {
  const below = descendants(pid);
  signalProcess(-pid, "SIGKILL");
  for (const each of below) signalProcess(each, "SIGKILL");
}
