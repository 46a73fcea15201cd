import { readFileSync } from "node:fs";

/**
 * Reads a process's memory every 20 ms until it is asked for the highest, in bytes: `VmHWM` is the most that the process ever
 * had, `VmRSS` what it had when it was looked at.
 */
export function watchPeak(pid: number | undefined, name: "VmHWM" | "VmRSS" = "VmHWM"): () => number {
  let peak = 0;
  const look = () => {
    peak = Math.max(peak, statusOf(pid, name) ?? 0);
  };
  const timer = setInterval(look, 20);
  return () => {
    clearInterval(timer);
    return peak;
  };
}

/** Memory that a process has now, in bytes; null once it has gone. */
export const memoryOf = (pid: number | undefined): number | null => statusOf(pid, "VmRSS");

/** proc(5), /proc/pid/status: in KiB, whatever it says. */
function statusOf(pid: number | undefined, name: "VmHWM" | "VmRSS"): number | null {
  try {
    const kib = new RegExp(`^${name}:\\s+(\\d+) kB`, "m").exec(
      readFileSync(`/proc/${pid}/status`, "utf8"),
    )?.[1];
    return kib === undefined ? null : Number(kib) * 1024;
  } catch {
    return null; // the process has ended
  }
}
