import { Problem } from "../log/problem.ts";
import { adoptFolder } from "./adopt.ts";
import { INNER_DESCRIPTOR, type Inner } from "./bubblewrap-arguments.ts";
import { enter, killEntered } from "./enter.ts";
import { cleanEnvironment } from "./environment.ts";
import { keepEnds } from "./keep-ends.ts";
import { keepRunning } from "./keep-running.ts";
import type { Machine } from "./machine.ts";
import { workingFolder, workspaceInside } from "./paths.ts";
import { runToEnd } from "./run-to-end.ts";
import type { Command, Sandbox } from "./sandbox.ts";

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
      const { child, ready } = enter(machine, command, itself(machine, command, true), "ignore");
      const finished = await runToEnd(child, command, { kill: killEntered, complaint: complaints.push });
      if (!ready() && !finished.timedOut && !finished.cancelled) {
        throw new Problem("sandbox-failed", { message: complaints.text().trim() });
      }
      return finished;
    },
    start: (command) => {
      const { child } = enter(machine, command, itself(machine, command, false), "pipe");
      return keepRunning(child, command, killEntered);
    },
  };
}

/** The command, straight in bubblewrap's namespaces. */
function itself(machine: Machine, command: Command, merge: boolean): Inner {
  return {
    rights: [
      ...["--uid", "1000", "--gid", "1000", "--disable-userns"],
      ...["--seccomp", `${INNER_DESCRIPTOR}`],
    ],
    brings: machine.filter,
    env: cleanEnvironment(machine, { network: command.network ?? false }),
    told: command.env ?? {},
    cwd: workingFolder(command.cwd),
    limits: machine.limits,
    argv: command.argv,
    merge,
  };
}
