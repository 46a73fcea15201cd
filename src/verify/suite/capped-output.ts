import { plainText } from "./clean-results.ts";

const maxLength = 40_000;

/** A run's output as it may be kept: readable, redacted, the middle cut where it is long. */
export function cappedOutput(output: string, redact: (text: string) => string): string {
  const text = redact(plainText(output)).trimEnd();
  if (text.length <= maxLength) return text;
  const half = maxLength / 2;
  return `${text.slice(0, half)}\n… ${text.length - maxLength} characters left out …\n${text.slice(-half)}`;
}
