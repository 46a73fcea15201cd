import type { Redact } from "./redact.ts";
import { redactedJson } from "./redacted-json.ts";

/** The run that a line is about: by the same id as in the commit's message. */
export interface AboutRun {
  readonly run: string;
  readonly job: string;
}

/** Writes one line of the log. */
export type Log = (line: string, about?: AboutRun) => void;

/** pino's number for "info", so that these lines and Probot's are read alike. */
const info = 30;

/** Redacted lines, as text or each as a JSON object in the form of Probot's own. */
export function logLines(format: "json" | "text", redact: Redact, write: (line: string) => void): Log {
  return (msg, about) =>
    write(
      format === "text"
        ? `${redact(msg)}\n`
        : `${redactedJson({ level: info, time: Date.now(), name: "firstdraft", ...about, msg }, redact)}\n`,
    );
}
