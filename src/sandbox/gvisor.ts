import { delimiter } from "node:path";
import { Problem } from "../log/problem.ts";
import { bubblewrap } from "./bubblewrap.ts";
import { INNER_DESCRIPTOR, type Inner } from "./bubblewrap-arguments.ts";
import { enter, killEntered } from "./enter.ts";
import { findProgram } from "./find-program.ts";
import { gvisorConfig } from "./gvisor-config.ts";
import { keepRunning } from "./keep-running.ts";
import type { Machine } from "./machine.ts";
import { ownInside } from "./paths.ts";
import { commandLine, descendants, signalProcess } from "./process-tree.ts";
import { keepComplaints } from "./ready.ts";
import { runToEnd } from "./run-to-end.ts";
import type { Command, Sandbox } from "./sandbox.ts";
import { sealFile } from "./sealed-file.ts";

/** What runsc needs in bubblewrap's user namespace to shut itself in; the command has none of it. */
const RIGHTS = ["SETGID", "SETUID", "SYS_CHROOT", "SYS_ADMIN", "SETFCAP"];
const bundle = `${ownInside}/bundle`;
const program = `${ownInside}/runsc`;

/**
 * Commands under gVisor: a kernel of its own in user space, itself in the namespaces that bubblewrap makes, so that a
 * flaw in either still leaves the other. What is seen inside, and how it ends, is bubblewrap's.
 */
export function gvisor(machine: Machine): Sandbox {
  const runsc = findProgram("runsc");
  if (runsc === null) throw new Problem("sandbox-gvisor-missing");
  const begin = (command: Command, toEnd: boolean) => {
    const config = sealFile(JSON.stringify(gvisorConfig(machine, command, toEnd)));
    try {
      return enter(machine, command, inner(machine, runsc, config, command), toEnd ? "ignore" : "pipe").child;
    } finally {
      config.close();
    }
  };
  return {
    ...bubblewrap(machine),
    name: "gvisor",
    run: async (command) => {
      const complaints = keepComplaints();
      const ways = { kill: killEntered, terminate: passOn, complaint: complaints.push };
      const finished = await runToEnd(begin(command, true), command, ways);
      if (!complaints.ready && !finished.timedOut && !finished.cancelled) {
        throw new Problem("sandbox-failed", { message: complaints.text() });
      }
      return finished;
    },
    start: (command) => keepRunning(begin(command, false), command, killEntered),
  };
}

function inner(machine: Machine, runsc: string, config: Inner["brings"], command: Command): Inner {
  const { limits, toolchains } = machine;
  return {
    rights: [
      // the command's user is root's number without any right: runsc can give files to no other one
      ...["--uid", "0", "--gid", "0"],
      ...RIGHTS.flatMap((name) => ["--cap-add", `CAP_${name}`]),
      ...["--ro-bind", runsc, program],
      ...["--file", `${INNER_DESCRIPTOR}`, `${bundle}/config.json`],
    ],
    brings: config,
    env: { PATH: toolchains.path.join(delimiter) },
    told: {},
    cwd: "/",
    // all memory inside is one file of runsc's: its limit is that of the whole sandbox
    limits: { ...limits, file: Math.max(limits.data, limits.file) },
    argv: [
      program,
      ...["--rootless", "--ignore-cgroups", "--oci-seccomp", "--host-uds=open"],
      ...[`--network=${command.network ? "host" : "none"}`, "--root=/tmp/runsc"],
      ...["run", `--bundle=${bundle}`, "sandbox"],
    ],
    merge: false,
  };
}

/** The process that is the kernel inside hands a signal to the command; runsc itself would end of it. */
function passOn(pid: number): void {
  const kernel = descendants(pid).find((each) => commandLine(each).startsWith("runsc-sandbox\0"));
  if (kernel !== undefined) signalProcess(kernel, "SIGTERM");
}
