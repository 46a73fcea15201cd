import { append, keepEnds } from "../keep-ends.ts";
import type { Running } from "../sandbox.ts";
import type { ToolCall, ToolResult } from "../tool.ts";

/** A line from inside that is longer than this is an attempt to fill the controller's memory. */
const LINE_BYTES = 8 * 2 ** 20;

/** One living toolbox process. */
export interface Connection {
  readonly alive: boolean;
  /** Whether it has ever said anything: if not, it could not start at all. */
  readonly ready: boolean;
  /** The tool's answer; null when the process ended before it came. */
  ask(call: ToolCall): { readonly id: number; readonly answer: Promise<ToolResult | null> };
  cancel(id: number): void;
  /** The last that the process wrote to standard error. */
  complaint(): string;
  close(): Promise<void>;
}

/** Speaks JSON lines with `running`. What comes from inside is not trusted: a line that is no answer is dropped. */
export function connect(running: Running): Connection {
  const waiting = new Map<number, (result: ToolResult | null) => void>();
  const complaints = keepEnds(4096);
  let alive = true;
  let ready = false;
  let nextId = 1;
  let pending: Buffer[] = [];
  let pendingBytes = 0;

  const take = (line: string): void => {
    const reply = parseReply(line);
    if (reply === null) return;
    ready = true;
    waiting.get(reply.id)?.({ content: reply.content, isError: reply.isError });
    waiting.delete(reply.id);
  };
  const read = (chunk: Buffer): void => {
    let rest = chunk;
    for (let end = rest.indexOf(10); end >= 0; end = rest.indexOf(10)) {
      take(Buffer.concat([...pending, rest.subarray(0, end)]).toString("utf8"));
      pending = [];
      pendingBytes = 0;
      rest = rest.subarray(end + 1);
    }
    append(pending, rest);
    pendingBytes += rest.length;
    if (pendingBytes > LINE_BYTES) void running.kill();
  };
  running.stdout.on("data", read);
  running.stderr.on("data", complaints.push);
  void running.exited.then(() => {
    alive = false;
    for (const give of waiting.values()) give(null);
    waiting.clear();
  });
  const say = (message: object): void => {
    running.stdin.write(`${JSON.stringify(message)}\n`);
  };

  return {
    get alive() {
      return alive;
    },
    get ready() {
      return ready;
    },
    ask: ({ name, input }) => {
      const id = nextId++;
      if (!alive) return { id, answer: Promise.resolve(null) };
      const answer = new Promise<ToolResult | null>((resolve) => waiting.set(id, resolve));
      say({ id, name, input });
      return { id, answer };
    },
    cancel: (id) => say({ cancel: id }),
    complaint: () => complaints.text().trim(),
    close: () => running.kill(),
  };
}

function parseReply(line: string): { id: number; content: string; isError: boolean } | null {
  try {
    const { id, content, isError } = JSON.parse(line) as Record<string, unknown>;
    return typeof id === "number" && typeof content === "string"
      ? { id, content, isError: isError === true }
      : null;
  } catch {
    return null; // something else inside wrote to the program's output
  }
}
