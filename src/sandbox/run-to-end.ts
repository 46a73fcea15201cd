import type { ChildProcess } from "node:child_process";
import { keepEnds } from "./keep-ends.ts";
import { descendants, signalProcess } from "./process-tree.ts";
import type { Command, Finished } from "./sandbox.ts";

/** Between SIGTERM and SIGKILL, in milliseconds. */
const GRACE_MS = 800;
/** After the end of a command, how long something that it left behind may keep its output open. */
const LINGER_MS = 1000;
const DEFAULT_OUTPUT_BYTES = 2 ** 20;
/** A command that prints more than this is stopped. */
const FLOOD_BYTES = 256 * 2 ** 20;

/** How to end a process tree at once. */
export type Kill = (pid: number) => void;

type Ending = "timedOut" | "cancelled" | "flooded";

interface Ways {
  readonly kill: Kill;
  /** Asks the command to end. Default: SIGTERM to every process below the launcher. */
  readonly terminate?: Kill;
  /** Gets what comes on standard error. */
  readonly complaint: (chunk: Buffer) => void;
}

/** Waits for a started command, within its deadline and its signal. */
export function runToEnd(
  child: ChildProcess,
  {
    timeoutMs,
    outputBytes = DEFAULT_OUTPUT_BYTES,
    signal,
  }: Pick<Command, "timeoutMs" | "outputBytes" | "signal">,
  { kill, terminate = askAll, complaint }: Ways,
): Promise<Finished> {
  const start = performance.now();
  const output = keepEnds(outputBytes);
  let ending: Ending | null = null;
  let code: number | null = null;

  return new Promise((resolve, reject) => {
    const timers: NodeJS.Timeout[] = [];
    const stop = (why: Ending): void => {
      const { pid } = child;
      if (ending !== null || pid === undefined) return;
      ending = why;
      if (why === "flooded") kill(pid);
      else {
        terminate(pid);
        timers.push(setTimeout(() => kill(pid), GRACE_MS));
      }
    };
    const cancel = (): void => stop("cancelled");
    timers.push(setTimeout(() => stop("timedOut"), Math.min(timeoutMs, 2 ** 31 - 1)));
    signal?.addEventListener("abort", cancel, { once: true });
    if (signal?.aborted) cancel();

    child.stdout?.on("data", (chunk: Buffer) => {
      output.push(chunk);
      if (output.total > FLOOD_BYTES) stop("flooded");
    });
    child.stderr?.on("data", complaint);
    child.once("error", reject);
    child.once("exit", (exitCode) => {
      code = exitCode;
      timers.push(setTimeout(() => child.stdout?.destroy(), LINGER_MS));
      timers.push(setTimeout(() => child.stderr?.destroy(), LINGER_MS));
    });
    child.once("close", () => {
      for (const timer of timers) clearTimeout(timer);
      signal?.removeEventListener("abort", cancel);
      resolve({
        exitCode: ending === null ? code : null,
        output: output.text(),
        truncated: output.truncated,
        timedOut: ending === "timedOut",
        cancelled: ending === "cancelled",
        durationMs: performance.now() - start,
      });
    });
  });
}

/** Never the launcher itself: its end is the abrupt end of all. */
function askAll(pid: number): void {
  for (const below of descendants(pid)) signalProcess(below, "SIGTERM");
}
