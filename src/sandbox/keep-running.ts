import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import type { Kill } from "./run-to-end.ts";
import type { Command, Running } from "./sandbox.ts";

/** A started command with its streams, ended by `kill`, its deadline or its signal, whichever comes first. */
export function keepRunning(
  child: ChildProcess,
  { timeoutMs, signal }: Pick<Command, "timeoutMs" | "signal">,
  kill: Kill,
): Running {
  const { stdin, stdout, stderr, pid } = child;
  if (!stdin || !stdout || !stderr) throw new Error("a running command has three pipes");
  const end = (): void => {
    if (pid !== undefined) kill(pid);
  };
  // setTimeout takes no more than a signed 32-bit number of milliseconds
  const timer = setTimeout(end, Math.min(timeoutMs, 2 ** 31 - 1));
  signal?.addEventListener("abort", end, { once: true });
  if (signal?.aborted) end();
  // a write to a process that has just gone is told by `exited`
  stdin.on("error", () => undefined);

  const exited = (pid === undefined ? once(child, "error").then(() => null) : once(child, "exit")).then(
    (result) => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", end);
      return (result?.[0] as number | null | undefined) ?? null;
    },
  );
  return {
    stdin,
    stdout,
    stderr,
    exited,
    kill: async () => {
      end();
      await exited;
    },
  };
}
