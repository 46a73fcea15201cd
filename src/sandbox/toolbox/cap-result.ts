import { type Cut, capOutput } from "../cap.ts";
import type { ToolCall } from "../tool.ts";

export interface ResultCap {
  readonly lines: number;
  readonly bytes: number;
}

/** A tool's output within the cap; where it was cut it says what is missing and how to see it. */
export function capResult(call: ToolCall, content: string, { lines, bytes }: ResultCap): string {
  const text = content.toWellFormed();
  const keep = call.name === "bash" ? "ends" : "head";
  return capOutput(
    text,
    { lines, bytes, keep },
    (cut) => `[… ${missing(cut)} left out. ${hint(call, cut)} …]`,
  ).text;
}

const missing = ({ fromLine, toLine, bytes }: Cut): string =>
  `lines ${fromLine} to ${toLine}, ${bytes} bytes,`;

function hint({ name, input }: ToolCall, { fromLine, toLine }: Cut): string {
  if (name === "read") {
    const first = firstLine(input) + fromLine - 1;
    return `Read on with view_range [${first}, ${first + Math.min(toLine - fromLine, 400)}]`;
  }
  if (name === "bash") return "To see it, run it again into a file and read parts of that file";
  return "Use a narrower pattern or path";
}

/** Of a `read` with a range, the number of its first line in the file. */
function firstLine(input: unknown): number {
  const range = (input as { view_range?: readonly number[] } | null)?.view_range;
  return Math.max(1, range?.[0] ?? 1);
}
