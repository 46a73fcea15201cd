import { readFileSync } from "node:fs";
import { availableParallelism, totalmem } from "node:os";

const GIB = 2 ** 30;

/** What one process (`data`, `file`, `open`) or one sandbox (`processes`, `tmpfs`) may use; bytes and counts. */
export interface Limits {
  readonly data: number;
  readonly file: number;
  readonly open: number;
  readonly processes: number;
  readonly tmpfs: number;
}

/** Enough for large test suites, small enough that the controller stays alive beside them. */
export function defaultLimits(): Limits {
  const hard = hardLimits();
  return {
    data: Math.min(hard("Max data size"), 8 * GIB, Math.max(2 * GIB, Math.floor(totalmem() * 0.6))),
    file: Math.min(hard("Max file size"), 2 * GIB),
    open: Math.min(hard("Max open files"), 65_536),
    processes: Math.min(hard("Max processes"), Math.max(1024, availableParallelism() * 64)),
    tmpfs: Math.min(2 * GIB, Math.floor(totalmem() / 4)),
  };
}

/** How many processes a user may have on this machine; podman gives itself no more than there are numbers for. */
export const mostProcesses = (): number =>
  Math.min(hardLimits()("Max processes"), Number(readFileSync("/proc/sys/kernel/pid_max", "utf8")));

/** A limit can be lowered only: the hard limits of this process bound ours. */
function hardLimits(): (name: string) => number {
  const table = readFileSync("/proc/self/limits", "utf8");
  return (name) => {
    const hard = new RegExp(`^${name}\\s+\\S+\\s+(\\S+)`, "m").exec(table)?.[1];
    return hard === undefined || hard === "unlimited" ? Number.POSITIVE_INFINITY : Number(hard);
  };
}

/**
 * The shell line that lowers the limits inside, where the count of processes is the sandbox's own.
 * RLIMIT_DATA instead of RLIMIT_AS: Node, Go and the JVM reserve address space that they never use.
 * dash and busybox call the number of processes `-p`, bash calls it `-u`; it is left out where it would be counted for the
 * user on the whole machine, and something `outside` holds it.
 */
export function limitScript({ data, file, open, processes }: Limits, counting: "here" | "outside"): string {
  return [
    "ulimit -c 0",
    `ulimit -d ${Math.floor(data / 1024)}`,
    `ulimit -f ${Math.floor(file / 512)}`,
    `ulimit -n ${open}`,
    ...(counting === "here" ? [`{ ulimit -u ${processes} 2>/dev/null || ulimit -p ${processes}; }`] : []),
  ].join(" && ");
}
