import { readdirSync, readFileSync, readlinkSync } from "node:fs";

export interface FoundProcess {
  readonly pid: number;
  readonly command: string;
}

/**
 * The processes that have to do with a folder: it stands in their environment, command line, working directory, or among what
 * is mounted for them, which is how a command inside the sandbox is known from outside.
 */
export function processesOf(folder: string): FoundProcess[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .flatMap((pid) => {
      const command = read(`/proc/${pid}/cmdline`).replaceAll("\0", " ").trim();
      // What has ended and only waits to be counted has no command line any more.
      if (command === "") return [];
      const places = [command, read(`/proc/${pid}/environ`), read(`/proc/${pid}/mountinfo`), cwdOf(pid)];
      return places.some((text) => text.includes(folder)) ? [{ pid: Number(pid), command }] : [];
    });
}

/** Empty for a process that is gone by now, or another user's. */
function read(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}

function cwdOf(pid: string): string {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return "";
  }
}
