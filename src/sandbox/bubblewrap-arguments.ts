import { realpathSync } from "node:fs";
import type { Environment } from "./environment.ts";
import { resolverFile } from "./etc.ts";
import { handshakeScript } from "./handshake.ts";
import { type Limits, limitScript } from "./limits.ts";
import type { Machine } from "./machine.ts";
import { homeInside, nodeInside, workspaceInside } from "./paths.ts";
import type { Command } from "./sandbox.ts";
import type { SealedFile } from "./sealed-file.ts";

/** The descriptor of what `Inner` brings; from the next on those of our own files for /etc, in their order. */
export const INNER_DESCRIPTOR = 3;

/** What bubblewrap starts in its namespaces: the command itself, or a program that keeps it apart further. */
export interface Inner {
  /** bubblewrap's arguments for who it is and what it may; one of them uses `INNER_DESCRIPTOR`. */
  readonly rights: readonly string[];
  readonly brings: SealedFile;
  /** What stands in the command line, so no secret. */
  readonly env: Environment;
  /** The rest, told when it starts. */
  readonly told: Environment;
  /** Absolute path inside. */
  readonly cwd: string;
  readonly limits: Limits;
  readonly argv: readonly string[];
  /** Its standard error goes where its standard output goes. */
  readonly merge: boolean;
}

/** The command line of one sandboxed command. */
export function bubblewrapArguments(
  machine: Machine,
  { folder, network = false, mounts = [] }: Command,
  inner: Inner,
): [string, ...string[]] {
  const resolver = network ? resolverFile() : null;
  const mounted = mounts.flatMap(({ host, inside, writable }) => [
    writable ? "--bind" : "--ro-bind",
    realpathSync(host),
    inside,
  ]);
  return [
    machine.bwrap,
    ...isolation(network),
    ...inner.rights,
    ...readOnly("/usr"),
    ...machine.system,
    ...machine.etc,
    ...machine.ownFiles.flatMap(({ inside }, index) => [
      "--perms",
      "0644",
      "--file",
      `${INNER_DESCRIPTOR + 1 + index}`,
      inside,
    ]),
    ...(resolver === null ? [] : ["--ro-bind", resolver, "/etc/resolv.conf"]),
    ...kernel(machine.limits.tmpfs),
    ...machine.toolchains.binds.flatMap(readOnly),
    ...(machine.hasNode ? [] : ["--ro-bind", realpathSync(process.execPath), nodeInside]),
    ...["--bind", realpathSync(folder), workspaceInside],
    ...mounted,
    // the root is a tmpfs of the sandbox's own, on which all of the above stands
    ...["--remount-ro", "/"],
    ...["--chdir", inner.cwd],
    "--clearenv",
    ...Object.entries(inner.env).flatMap(([name, value]) => ["--setenv", name, value]),
    "--",
    ...[
      "/bin/sh",
      "-c",
      `${inner.merge ? "exec 2>&1; " : ""}${victim}; ${handshakeScript} && ${limitScript(inner.limits, "here")} && exec "$@"`,
      "sh",
    ],
    ...inner.argv,
  ];
}

/** Where memory runs out, the kernel ends a sandbox rather than the controller. */
const victim = "echo 1000 2>/dev/null >/proc/self/oom_score_adj";

/** By its real path: a link on the way may stand in a folder that only root passes through. */
const readOnly = (path: string): string[] => ["--ro-bind", realpathSync(path), path];

const isolation = (network: boolean): string[] => [
  "--unshare-all",
  "--unshare-user",
  ...(network ? ["--share-net"] : []),
  ...["--hostname", "sandbox", "--cap-drop", "ALL", "--die-with-parent", "--new-session"],
];

const kernel = (tmpfs: number): string[] => [
  ...["--proc", "/proc", "--ro-bind", "/proc/sys", "/proc/sys", "--dev", "/dev"],
  ...["--size", `${tmpfs}`, "--perms", "1777", "--tmpfs", "/dev/shm", "--remount-ro", "/dev"],
  ...["--size", `${tmpfs}`, "--perms", "1777", "--tmpfs", "/tmp"],
  ...["--size", `${tmpfs}`, "--perms", "0700", "--tmpfs", homeInside],
];
