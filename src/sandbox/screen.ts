import { spawn } from "node:child_process";
import { once } from "node:events";
import { openSync, realpathSync } from "node:fs";
import { blockedBy } from "./reach.ts";

/**
 * Folders that only root can reach, shown to the user that commands run as: in a mount namespace of its own, each
 * closed folder on the way (`/root`) is covered by an empty one in which just the wanted paths stand, at their own place.
 */
export interface Screen {
  /** Closed folders to cover, the outermost only. */
  readonly covers: readonly string[];
  readonly paths: readonly string[];
}

/** What has to be screened so that `uid` reaches all `paths`; null: nothing. */
export function screenFor(paths: readonly string[], uid: number): Screen | null {
  const blocked = paths.flatMap((path) => {
    const cover = blockedBy(path, uid);
    return cover === null ? [] : [{ cover, path: realpathSync(path) }];
  });
  const covers = [...new Set(blocked.map(({ cover }) => cover))];
  return covers.length === 0 ? null : { covers, paths: blocked.map(({ path }) => path) };
}

/** Opens all first: after the covering, only the descriptors still lead there. */
const SCRIPT = `set -eu
covers=(); while [ "$1" != -- ]; do covers+=("$1"); shift; done; shift
paths=(); fds=()
while [ "$1" != -- ]; do exec {fd}<"$1"; paths+=("$1"); fds+=("$fd"); shift; done; shift
kinds=(); for path in "\${paths[@]}"; do if [ -d "$path" ]; then kinds+=(d); else kinds+=(f); fi; done
umask 022
for cover in "\${covers[@]}"; do mount -t tmpfs -o mode=755,size=1m firstdraft "$cover"; done
for i in "\${!paths[@]}"; do
  if [ "\${kinds[$i]}" = d ]; then mkdir -p "\${paths[$i]}"
  else mkdir -p "\${paths[$i]%/*}"; : >"\${paths[$i]}"; fi
  mount --no-canonicalize --bind "/proc/self/fd/\${fds[$i]}" "\${paths[$i]}"
  fd=\${fds[$i]}; exec {fd}<&-
done
exec "$@"`;

/**
 * The command line that runs `command`, as root, behind the screen. `--norc`: bash takes a standard input that is a socket,
 * as Node's pipes are, for a remote login, and would run root's `~/.bashrc` first.
 */
export const behindScreen = (screen: Screen, command: readonly string[]): string[] => [
  "unshare",
  "--mount",
  "--propagation",
  "private",
  "bash",
  "--norc",
  "-c",
  SCRIPT,
  "screen",
  ...screen.covers,
  "--",
  ...screen.paths,
  "--",
  ...command,
];

/** A screen kept for many commands: a descriptor of its mount namespace, without any process. */
export async function keepScreen(screen: Screen): Promise<number> {
  const [file, ...args] = behindScreen(screen, ["bash", "--norc", "-c", "echo up; read -r _"]) as [
    string,
    ...string[],
  ];
  const keeper = spawn(file, args, { stdio: ["pipe", "pipe", "pipe"] });
  const gone = once(keeper, "close");
  const complaint: Buffer[] = [];
  keeper.stderr.on("data", (chunk: Buffer) => complaint.push(chunk));
  const up = await Promise.race([once(keeper.stdout, "data").then(() => true), gone.then(() => false)]);
  if (!up) throw new Error(Buffer.concat(complaint).toString("utf8"));
  const namespace = openSync(`/proc/${keeper.pid}/ns/mnt`, "r");
  keeper.stdin.end("\n");
  await gone;
  return namespace;
}
