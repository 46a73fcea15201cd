import { cleanEnvironment } from "./environment.ts";
import type { Machine } from "./machine.ts";
import { ociSeccomp } from "./oci-seccomp.ts";
import { homeInside, workingFolder, workspaceInside } from "./paths.ts";
import { supported } from "./platform.ts";
import { entryScript } from "./ready.ts";
import type { Command } from "./sandbox.ts";

/**
 * The OCI runtime configuration of one command. Its root is what bubblewrap shows, read-only; what may be written to is
 * mounted anew on top, and `/tmp`, `/dev/shm` and HOME are gVisor's own memory.
 */
export function gvisorConfig(machine: Machine, command: Command, toEnd: boolean): object {
  const { limits } = machine;
  const given = (command.mounts ?? []).map(({ inside, writable }) => bind(inside, writable ?? false));
  const mounts = [
    { destination: "/proc", type: "proc", source: "proc", options: ["ro"] },
    { destination: "/sys", type: "sysfs", source: "sysfs", options: ["ro"] },
    memory("/dev/shm", limits.tmpfs, "1777"),
    memory("/tmp", limits.tmpfs, "1777"),
    memory(homeInside, limits.tmpfs, "0700"),
    bind(workspaceInside, true),
    ...given,
  ];
  return {
    ociVersion: "1.0.0",
    process: {
      user: { uid: 0, gid: 0 },
      args: ["/bin/sh", "-c", entryScript(limits, "here", toEnd), "sh", ...command.argv],
      env: Object.entries(cleanEnvironment(machine, command)).map(([name, value]) => `${name}=${value}`),
      cwd: workingFolder(command.cwd),
      capabilities: {},
      noNewPrivileges: true,
    },
    root: { path: "/", readonly: true },
    hostname: "sandbox",
    mounts: mounts.filter(({ destination }, index) => lastOf(mounts, destination) === index),
    linux: {
      namespaces: [...(command.network ? [] : ["network"]), "pid", "ipc", "uts", "mount"].map((type) => ({
        type,
      })),
      seccomp: ociSeccomp(supported()),
    },
  };
}

const memory = (destination: string, bytes: number, mode: string) => ({
  destination,
  type: "tmpfs",
  source: "tmpfs",
  options: [`size=${bytes}`, `mode=${mode}`],
});

/** Of what bubblewrap mounted there. */
const bind = (destination: string, writable: boolean) => ({
  destination,
  type: "bind",
  source: destination,
  options: [writable ? "rw" : "ro"],
});

/** A mount at HOME takes the place of the empty one. */
const lastOf = (mounts: readonly { readonly destination: string }[], destination: string): number =>
  mounts.findLastIndex((mount) => mount.destination === destination);
