import { readFileSync } from "node:fs";

/** Reads a process's `VmHWM`, the most memory that it ever had, until it has gone; gives the last value in bytes. */
export function watchPeak(pid: number | undefined): () => number {
  let peak = 0;
  const look = () => {
    peak = Math.max(peak, statusOf(pid, "VmHWM") ?? 0);
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
