import type { ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { inPackages } from "./find-program.ts";
import { keepRunning } from "./keep-running.ts";
import { launch } from "./launch.ts";
import { homeInside } from "./paths.ts";
import { descendants, signalProcess } from "./process-tree.ts";
import { runToEnd } from "./run-to-end.ts";
import type { Command, Sandbox } from "./sandbox.ts";
import { findToolchains, type Toolchains } from "./toolchains.ts";

/**
 * No isolation at all: commands see this machine, its files and its network. The environment is clean, the deadline
 * holds, and what stays in the command's process group ends with it. Mounts are not made, but for one at HOME.
 */
export function noSandbox(): Sandbox {
  const toolchains = findToolchains();
  const begin = (command: Command, toEnd: boolean): ChildProcess => {
    const given = command.mounts?.find(({ inside }) => inside === homeInside)?.host;
    const home = given ?? mkdtempSync(join(tmpdir(), "firstdraft-home-"));
    const child = launch({
      argv: toEnd ? ["/bin/sh", "-c", 'exec 2>&1; exec "$@"', "sh", ...command.argv] : command.argv,
      env: { ...environment(toolchains, home), ...command.env },
      cwd: join(command.folder, command.cwd ?? "."),
      stdin: toEnd ? "ignore" : "pipe",
    });
    if (given === undefined) child.once("close", () => rmSync(home, { recursive: true, force: true }));
    return child;
  };
  return {
    name: "none",
    inside: (folder) => folder,
    adopt: async () => undefined,
    run: async (command) => {
      const child = begin(command, true);
      const { pid } = child;
      const finished = await runToEnd(child, command, { kill: killGroup, complaint: () => undefined });
      if (pid !== undefined) signalProcess(-pid, "SIGKILL");
      return finished;
    },
    start: (command) => keepRunning(begin(command, false), command, killGroup),
  };
}

function environment({ path, env }: Toolchains, home: string): Record<string, string> {
  const entries = (process.env.PATH ?? "").split(delimiter).filter((entry) => !inPackages(entry));
  return {
    PATH: [...new Set([...entries, ...path, join(home, ".local/bin")])].join(delimiter),
    HOME: home,
    CI: "true",
    LANG: "C.UTF-8",
    TMPDIR: tmpdir(),
    ...env,
  };
}

/** The group, and those that left it but are still its descendants. */
function killGroup(pid: number): void {
  const below = descendants(pid);
  signalProcess(-pid, "SIGKILL");
  for (const each of below) signalProcess(each, "SIGKILL");
}
