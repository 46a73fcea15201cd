import { lstatSync, readlinkSync } from "node:fs";
import { Problem } from "../log/problem.ts";
import { type OwnFile, ownEtc, sharedEtc } from "./etc.ts";
import { findProgram } from "./find-program.ts";
import { defaultLimits, type Limits } from "./limits.ts";
import { supported } from "./platform.ts";
import { keepScreen, screenFor } from "./screen.ts";
import { type SealedFile, sealFile } from "./sealed-file.ts";
import { seccompFilter } from "./seccomp.ts";
import { findToolchains, hasNode, type Toolchains } from "./toolchains.ts";

/** The user that commands run as when the controller is root: in a range that no distribution or systemd assigns. */
export const COMMAND_UID = 60_606;

/** What was found out once about the machine, for all commands. */
export interface Machine {
  readonly bwrap: string;
  /** The user to become; null: the controller is an ordinary user already. */
  readonly uid: number | null;
  readonly toolchains: Toolchains;
  /** A mount namespace in which that user reaches the toolchains, if it does not by itself. */
  readonly screen: number | null;
  /** bubblewrap's arguments for the top-level folders that are links or folders as the distribution has it. */
  readonly system: readonly string[];
  readonly etc: readonly string[];
  /** Whether the machine has a node of its own; else ours is shown. */
  readonly hasNode: boolean;
  readonly ownFiles: readonly OwnFile[];
  readonly filter: SealedFile;
  readonly limits: Limits;
}

export async function readMachine(): Promise<Machine> {
  const bwrap = findProgram("bwrap");
  if (bwrap === null) throw new Problem("sandbox-missing");
  const architecture = supported();
  const uid = process.getuid?.() === 0 ? COMMAND_UID : null;
  const toolchains = findToolchains();
  return {
    bwrap,
    uid,
    toolchains,
    screen: uid === null ? null : await screenToolchains(toolchains, uid),
    system: ["/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32"].flatMap(systemFolder),
    etc: sharedEtc(),
    hasNode: hasNode(toolchains),
    ownFiles: ownEtc(),
    filter: sealFile(seccompFilter(architecture)),
    limits: defaultLimits(),
  };
}

async function screenToolchains({ binds }: Toolchains, uid: number): Promise<number | null> {
  const screen = screenFor([...binds, process.execPath], uid);
  if (screen === null) return null;
  const missing = ["unshare", "nsenter", "setpriv", "mount", "bash"].find(
    (name) => findProgram(name) === null,
  );
  if (missing !== undefined) throw new Problem("sandbox-tool-missing", { program: missing });
  try {
    return await keepScreen(screen);
  } catch (error) {
    throw new Problem("sandbox-screen", { folder: screen.covers.join(", ") }, { cause: error });
  }
}

function systemFolder(path: string): string[] {
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (found === undefined) return [];
  return found.isSymbolicLink() ? ["--symlink", readlinkSync(path), path] : ["--ro-bind", path, path];
}
