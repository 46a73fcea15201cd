import { Problem } from "../../log/problem.ts";
import type { Mount, Sandbox } from "../sandbox.ts";
import type { Toolbox, ToolCall, ToolResult } from "../tool.ts";
import { capResult } from "./cap-result.ts";
import { checkCall } from "./check-call.ts";
import { type Connection, connect } from "./connection.ts";
import { toolboxProgram } from "./program.ts";

export interface ToolboxOptions {
  readonly sandbox: Sandbox;
  /** Absolute path of the folder that the tools work in; adopted by the sandbox already. */
  readonly folder: string;
  /** Seen inside besides the folder: a home that setup filled, say. */
  readonly mounts?: readonly Mount[];
  /** Ends the toolbox. */
  readonly signal?: AbortSignal;
  /** Lines of one result that the model gets; default 600. */
  readonly outputLines?: number;
  /** Bytes of one result that the model gets; default 32 KiB. */
  readonly outputBytes?: number;
  /** Milliseconds that one call may take; default two minutes. */
  readonly callTimeoutMs?: number;
}

/** How long after its deadline a tool may take to stop by itself. */
const GRACE_MS = 3000;
const DAY_MS = 86_400_000;

/** Starts the tools inside `sandbox` and does not wait for them: the first call does. */
export async function openToolbox({
  sandbox,
  folder,
  mounts = [],
  signal,
  outputLines = 600,
  outputBytes = 32_768,
  callTimeoutMs = 120_000,
}: ToolboxOptions): Promise<Toolbox> {
  const { argv, mounts: own } = toolboxProgram(sandbox, folder);
  const program = { argv, mounts: [...own, ...mounts] };
  const begin = (): Connection =>
    connect(sandbox.start({ ...program, folder, timeoutMs: DAY_MS, ...(signal ? { signal } : {}) }));
  let connection = begin();
  let shell: Promise<unknown> = Promise.resolve();
  const closed = new AbortController();

  const answer = async (call: ToolCall, stop?: AbortSignal): Promise<ToolResult> => {
    const over = AbortSignal.any([closed.signal, ...(signal ? [signal] : []), ...(stop ? [stop] : [])]);
    if (over.aborted) return cancelled;
    const restarted = !connection.alive;
    if (restarted) connection = begin();
    const result = await within(connection, limited(call, callTimeoutMs), callTimeoutMs, over);
    const capped = capResult(call, result.content, { lines: outputLines, bytes: outputBytes });
    return { content: restarted ? `${LOST}\n${capped}` : capped, isError: result.isError };
  };

  return {
    call: async (call, stop) => {
      const wrong = checkCall(call);
      if (wrong !== null) return { content: wrong, isError: true };
      if (call.name !== "bash") return answer(call, stop);
      // one shell: the deadline of a call runs from its turn on
      const turn = shell.then(() => answer(call, stop));
      shell = turn.catch(() => undefined);
      return turn;
    },
    stop: () => connection.close(),
    [Symbol.asyncDispose]: async () => {
      closed.abort();
      await connection.close();
    },
  };
}

const LOST =
  "[The tools had stopped and were started anew: the shell's directory, variables and background jobs are lost.]";

const cancelled: ToolResult = { content: "cancelled", isError: true };

/** A shell command's own deadline, so that the shell and not the whole toolbox is ended. */
function limited({ name, input }: ToolCall, mostMs: number): ToolCall {
  if (name !== "bash") return { name, input };
  const { timeout_ms: asked = mostMs } = input as { timeout_ms?: number };
  return { name, input: { ...(input as object), timeout_ms: Math.max(1, Math.min(asked, mostMs)) } };
}

async function within(
  connection: Connection,
  call: ToolCall,
  timeoutMs: number,
  over: AbortSignal,
): Promise<ToolResult> {
  const { id, answer } = connection.ask(call);
  let grace: NodeJS.Timeout | undefined;
  const cancel = (): void => {
    connection.cancel(id);
    grace = setTimeout(() => void connection.close(), GRACE_MS);
  };
  const deadline = setTimeout(cancel, timeoutMs + GRACE_MS);
  over.addEventListener("abort", cancel, { once: true });
  try {
    const result = await answer;
    if (result === null && !connection.ready && !over.aborted) {
      throw new Problem("sandbox-toolbox", { message: connection.complaint() });
    }
    return result ?? { content: ended(connection), isError: true };
  } finally {
    clearTimeout(deadline);
    clearTimeout(grace);
    over.removeEventListener("abort", cancel);
  }
}

const ended = (connection: Connection): string =>
  `The tools stopped during this call: out of memory or disk, too many processes, or killed. ${connection.complaint().slice(-500)}`.trim();
