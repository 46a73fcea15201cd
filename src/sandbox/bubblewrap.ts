import type { ChildProcess } from "node:child_process";
import { writeFileSync } from "node:fs";
import { delimiter } from "node:path";
import { Problem } from "../log/problem.ts";
import { adoptFolder } from "./adopt.ts";
import { bubblewrapArguments } from "./bubblewrap-arguments.ts";
import { giveLeave, HANDSHAKE } from "./handshake.ts";
import { keepEnds } from "./keep-ends.ts";
import { keepRunning } from "./keep-running.ts";
import { launch } from "./launch.ts";
import type { Machine } from "./machine.ts";
import { workspaceInside } from "./paths.ts";
import { descendants, signalProcess } from "./process-tree.ts";
import { runToEnd } from "./run-to-end.ts";
import type { Command, Sandbox } from "./sandbox.ts";
import { behindScreen, screenFor } from "./screen.ts";

/** Commands under bubblewrap: namespaces, a seccomp filter, limits, and a user without rights. */
export function bubblewrap(machine: Machine): Sandbox {
  return {
    name: "bubblewrap",
    inside: () => workspaceInside,
    adopt: async (folder) => {
      if (machine.uid !== null) await adoptFolder(folder, machine.uid);
    },
    run: async (command) => {
      const complaints = keepEnds(4096);
      const { child, ready } = begin(machine, command, true);
      const finished = await runToEnd(child, command, { kill: killAll, complaint: complaints.push });
      if (!ready() && !finished.timedOut && !finished.cancelled) {
        throw new Problem("sandbox-failed", { message: complaints.text().trim() });
      }
      return finished;
    },
    start: (command) => keepRunning(begin(machine, command, false).child, command, killAll),
  };
}

interface Begun {
  readonly child: ChildProcess;
  /** Whether the sandbox has come to the point of running the command. */
  readonly ready: () => boolean;
}

function begin(machine: Machine, command: Command, toEnd: boolean): Begun {
  const inner = bubblewrapArguments(machine, command, toEnd);
  const descriptors = [machine.filter, ...machine.ownFiles.map(({ file }) => file)].map((file) =>
    file.open(),
  );
  const { uid } = machine;
  const common = {
    env: { PATH: machine.toolchains.path.join(delimiter) },
    cwd: "/",
    descriptors,
    line: HANDSHAKE,
  };
  const stdin = toEnd ? "ignore" : "pipe";
  const child =
    uid === null
      ? launch({ ...common, stdin, argv: inner })
      : launch({ ...common, stdin, ...asUser(machine, command, inner, uid) });
  preferAsVictim(child);
  return { child, ready: giveLeave(child) };
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

/** Where memory runs out, the kernel ends a sandbox rather than the controller. */
function preferAsVictim({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    writeFileSync(`/proc/${pid}/oom_score_adj`, "1000");
  } catch {
    // it has ended already, or /proc is not ours to write: the limits hold all the same
  }
}

/** bubblewrap's outer process is the parent that the inner ones die with; the pid namespace goes with its first. */
function killAll(pid: number): void {
  const below = descendants(pid);
  signalProcess(-pid, "SIGKILL");
  for (const each of below) signalProcess(each, "SIGKILL");
}
