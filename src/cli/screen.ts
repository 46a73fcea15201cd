import type { Emit } from "../log/events.ts";
import { plain } from "../log/plain.ts";
import type { Redact } from "../log/redact.ts";
import { progressLine } from "../report/comment.ts";

/** Progress on standard error, a line for each thing that happened; standard output stays free for the result. */
export function progressOn(redact: Redact): Emit {
  return (event) => {
    const line = progressLine(event);
    if (line !== null) process.stderr.write(`${plain(redact(line))}\n`);
  };
}

/** The result on standard output: one JSON object for a program, or text for a person. */
export function show(
  result: { readonly json: Record<string, unknown>; readonly text: string },
  asJson: boolean,
): void {
  process.stdout.write(asJson ? `${JSON.stringify(result.json, null, 2)}\n` : `${plain(result.text)}\n`);
}
