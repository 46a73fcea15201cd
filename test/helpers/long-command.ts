import { randomBytes } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";

/** A command that takes longer than anybody would wait, and its processes on this machine. */
export interface LongCommand {
  readonly command: string;
  pids(): number[];
}

export function longCommand(): LongCommand {
  // Nobody else's.
  const words = ["sleep", `${600 + randomBytes(4).readUInt32BE() / 2 ** 32}`];
  return {
    command: words.join(" "),
    pids: () =>
      readdirSync("/proc")
        .filter((name) => /^\d+$/.test(name))
        .filter((pid) => commandOf(pid) === `${words.join("\0")}\0`)
        .map(Number),
  };
}

function commandOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8");
  } catch {
    return ""; // gone meanwhile
  }
}
