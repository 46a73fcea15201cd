import type { Emit } from "../log/events.ts";
import { plain } from "../log/plain.ts";
import type { Redact } from "../log/redact.ts";
import { redactedJson } from "../log/redacted-json.ts";
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
  redact: Redact,
): void {
  process.stdout.write(`${asJson ? redactedJson(result.json, redact, 2) : plain(redact(result.text))}\n`);
}
