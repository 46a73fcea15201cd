import { realpathSync } from "node:fs";
import { join, normalize } from "node:path";
import { cleanEnvironment } from "./environment.ts";
import { resolverFile } from "./etc.ts";
import { handshakeScript } from "./handshake.ts";
import { limitScript } from "./limits.ts";
import type { Machine } from "./machine.ts";
import { homeInside, nodeInside, workspaceInside } from "./paths.ts";
import type { Command } from "./sandbox.ts";

/** Number of the first descriptor that bubblewrap is handed: the filter, then our own files for /etc in their order. */
const FIRST_DESCRIPTOR = 3;

/** The command line of one sandboxed command. `merge`: its standard error goes where its standard output goes. */
export function bubblewrapArguments(
  machine: Machine,
  command: Command,
  merge: boolean,
): [string, ...string[]] {
  const { network = false, mounts = [] } = command;
  const resolver = network ? resolverFile() : null;
  const mounted = mounts.flatMap(({ host, inside, writable }) => [
    writable ? "--bind" : "--ro-bind",
    realpathSync(host),
    inside,
  ]);
  return [
    machine.bwrap,
    ...isolation(network),
    ...readOnly("/usr"),
    ...machine.system,
    ...machine.etc,
    ...machine.ownFiles.flatMap(({ inside }, index) => [
      "--perms",
      "0644",
      "--file",
      `${FIRST_DESCRIPTOR + 1 + index}`,
      inside,
    ]),
    ...(resolver === null ? [] : ["--ro-bind", resolver, "/etc/resolv.conf"]),
    ...kernel(machine.limits.tmpfs),
    ...machine.toolchains.binds.flatMap(readOnly),
    ...(machine.hasNode ? [] : ["--ro-bind", realpathSync(process.execPath), nodeInside]),
    ...["--bind", realpathSync(command.folder), workspaceInside],
    ...mounted,
    // the root is a tmpfs of the sandbox's own, on which all of the above stands
    ...["--remount-ro", "/"],
    ...["--chdir", workingFolder(command.cwd)],
    "--clearenv",
    ...Object.entries(cleanEnvironment(machine, command)).flatMap(([name, value]) => [
      "--setenv",
      name,
      value,
    ]),
    ...["--seccomp", `${FIRST_DESCRIPTOR}`, "--"],
    ...[
      "/bin/sh",
      "-c",
      `${merge ? "exec 2>&1; " : ""}${handshakeScript} && ${limitScript(machine.limits)} && exec "$@"`,
      "sh",
    ],
    ...command.argv,
  ];
}

/** By its real path: a link on the way may stand in a folder that only root passes through. */
const readOnly = (path: string): string[] => ["--ro-bind", realpathSync(path), path];

const isolation = (network: boolean): string[] => [
  "--unshare-all",
  "--unshare-user",
  ...(network ? ["--share-net"] : []),
  ...["--uid", "1000", "--gid", "1000", "--hostname", "sandbox"],
  ...["--disable-userns", "--cap-drop", "ALL", "--die-with-parent", "--new-session"],
];

const kernel = (tmpfs: number): string[] => [
  ...["--proc", "/proc", "--ro-bind", "/proc/sys", "/proc/sys", "--dev", "/dev"],
  ...["--size", `${tmpfs}`, "--perms", "1777", "--tmpfs", "/dev/shm", "--remount-ro", "/dev"],
  ...["--size", `${tmpfs}`, "--perms", "1777", "--tmpfs", "/tmp"],
  ...["--size", `${tmpfs}`, "--perms", "0700", "--tmpfs", homeInside],
];

function workingFolder(cwd = "."): string {
  const folder = normalize(join(workspaceInside, cwd));
  if (folder !== workspaceInside && !folder.startsWith(`${workspaceInside}/`)) {
    throw new Error(`${cwd} is outside the command's folder`);
  }
  return folder;
}
