import type { ProbeFunction } from "./probes.ts";

/**
 * Every limit is a number, and nothing leaves a core dump. dash and busybox call the number of processes `-p`; in a
 * container its control group counts them, and where there is one that counts.
 */
const script = `for o in c d f n; do echo "$o $(ulimit -$o)"; done; echo "u $(ulimit -u 2>/dev/null || ulimit -p)"
for f in /sys/fs/cgroup/pids.max /sys/fs/cgroup/pids/pids.max; do [ -r $f ] && echo "u $(cat $f)"; done; true`;

/** Memory, size of a file, open files and processes are limited. */
export const probeLimits: ProbeFunction = async ({ run }) => {
  const { output } = await run(["sh", "-c", script]);
  const limits = new Map(
    [...output.matchAll(/^(\w) (\S+)$/gm)].map(([, name = "", value = ""]) => [name, value]),
  );
  const names = { c: "core dumps", d: "memory", f: "file size", n: "open files", u: "processes" };
  const open = Object.entries(names).filter(([key]) => {
    const value = limits.get(key);
    return key === "c" ? value !== "0" : value === undefined || !/^\d+$/.test(value);
  });
  return {
    held: open.length === 0,
    detail:
      open.length === 0 ? `${limits.size} limits` : `not limited: ${open.map(([, name]) => name).join(", ")}`,
  };
};
