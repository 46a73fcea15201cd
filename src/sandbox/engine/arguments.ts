import { realpathSync } from "node:fs";
import { join } from "node:path";
import { Problem } from "../../log/problem.ts";
import { certificateFiles } from "../environment.ts";
import type { Limits } from "../limits.ts";
import { homeInside, nodeInside, workingFolder, workspaceInside } from "../paths.ts";
import { entryScript } from "../ready.ts";
import type { Command, Mount } from "../sandbox.ts";
import { ownerLabel } from "./owner-label.ts";

/** A container engine, and what was found out once for all commands. */
export interface Engine {
  readonly name: "docker" | "podman";
  /** Absolute path of its client. */
  readonly program: string;
  readonly image: string;
  /** User and group of commands, as numbers of this machine. */
  readonly uid: number;
  readonly gid: number;
  /** Whether the controller's own user runs the containers: an id inside must be made to mean the same one here. */
  readonly rootless: boolean;
  readonly limits: Limits;
  /** How many processes its user may have on this machine. */
  readonly nproc: number;
  /** Whose containers these are, to be found again; absent: nobody looks for them. */
  readonly owner?: string;
  /** A folder of ours with `seccomp.json`, `passwd` and `group`. */
  readonly files: string;
}

/** What belongs to one command alone. */
export interface Container {
  readonly name: string;
  /** A file that the client reads the whole environment from, so that it stands in no command line. */
  readonly envFile: string;
  readonly env: Readonly<Record<string, string>>;
  /** Run to its end with one output, or spoken to over three streams. */
  readonly toEnd: boolean;
}

/** The client's arguments for one command. No socket, device, capability or host folder but those named is in the container. */
export function engineArguments(engine: Engine, command: Command, container: Container): string[] {
  const { limits, files, name } = engine;
  const mounts = command.mounts ?? [];
  const shown: readonly Mount[] = [
    ...["passwd", "group"].map((file) => ({ host: join(files, file), inside: `/etc/${file}` })),
    ...certificateFiles(container.env).map((path) => ({ host: path, inside: path })),
    { host: process.execPath, inside: nodeInside },
    { host: command.folder, inside: workspaceInside, writable: true },
    ...mounts,
  ];
  return [
    ...["run", "--rm", "--init", "--pull", "never", "--log-driver", "none", "--name", container.name],
    ...(engine.owner === undefined ? [] : ["--label", ownerLabel(engine.owner)]),
    ...(container.toEnd ? [] : ["--interactive"]),
    ...["--hostname", "sandbox", ...(command.network ? [] : ["--network", "none"])],
    ...["--user", `${engine.uid}:${engine.gid}`, "--cap-drop", "ALL"],
    ...["--security-opt", "no-new-privileges", "--security-opt", `seccomp=${join(files, "seccomp.json")}`],
    ...["--read-only", "--shm-size", `${limits.tmpfs}`, "--tmpfs", `/tmp:${memory(engine)}`],
    ...(mounts.some(({ inside }) => inside === homeInside)
      ? []
      : ["--tmpfs", `${homeInside}:${memory(engine)}`]),
    ...(name === "podman" ? ["--read-only-tmpfs=false", "--http-proxy=false"] : []),
    ...(engine.rootless ? ["--userns", "keep-id"] : []),
    ...["--memory", `${limits.data}`, "--memory-swap", `${limits.data}`],
    // podman's container has the niceness of its client
    ...(name === "docker" ? ["--cpu-shares", "128"] : []),
    ...["--pids-limit", `${limits.processes}`, "--ulimit", `nofile=${limits.open}:${limits.open}`],
    // podman else asks for more than this machine may allow; the container's processes are counted by --pids-limit
    ...(name === "podman" ? ["--ulimit", `nproc=${engine.nproc}:${engine.nproc}`] : []),
    ...unique(shown).flatMap((mount) => ["--mount", bind(mount)]),
    ...["--workdir", workingFolder(command.cwd), "--env-file", container.envFile],
    ...["--entrypoint", "/bin/sh", engine.image],
    ...["-c", `${NO_TRACE}; ${entryScript(limits, "outside", container.toEnd)}`, "sh", ...command.argv],
  ];
}

/** What engines add to every environment. */
const NO_TRACE = "unset HOSTNAME TERM container";

/** podman else copies what the image has there, its mode as well. */
const memory = ({ name, limits }: Engine): string =>
  `rw,exec,nosuid,nodev,mode=1777,size=${limits.tmpfs}${name === "podman" ? ",notmpcopyup" : ""}`;

function bind({ host, inside, writable }: Mount): string {
  const source = realpathSync(host);
  // the option is a list with commas, and the two engines quote differently
  if (/[,"\n]/.test(source + inside)) throw new Problem("sandbox-mount-name", { path: source });
  return `type=bind,source=${source},target=${inside}${writable ? "" : ",readonly"}`;
}

/** One mount for each place: our own node may be asked for as well. */
const unique = (mounts: readonly Mount[]): Mount[] => [
  ...new Map(mounts.map((mount) => [mount.inside, mount])).values(),
];
