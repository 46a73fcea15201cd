import { readdirSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import type { ProbeFunction } from "./probes.ts";
import { commandLine } from "./process-tree.ts";

/** Other processes cannot be seen or signalled, and nothing outlives a command: not even a daemon. */
export const probeProcesses: ProbeFunction = async ({ canary, run }) => {
  // the canary as a variable's value would be in the environment of this shell only, so it is an argument
  const daemon = `(setsid sh -c 'sleep 60; :' "$1" >/dev/null 2>&1 </dev/null &) ; sleep 0.1`;
  const seen = await run([
    "sh",
    "-c",
    'kill -0 "$1" 2>/dev/null && echo "$1"; ls /proc | grep -c "^[0-9]"',
    "sh",
    `${process.pid}`,
  ]);
  await run(["sh", "-c", daemon, "sh", canary]);
  let left = withArgument(canary);
  for (let tries = 0; left > 0 && tries < 10; tries++) {
    await wait(100);
    left = withArgument(canary);
  }
  const [first = "", second] = seen.output.trim().split("\n");
  const held = second === undefined && Number(first) < 10 && left === 0;
  return { held, detail: `${second ?? first} processes in sight, ${left} left behind by a daemon` };
};

function withArgument(argument: string): number {
  return readdirSync("/proc").filter((name) => /^\d+$/.test(name) && commandLine(name).includes(argument))
    .length;
}
