/** Characters of a summary. */
const width = 120;

/** What a call is about, in one line: the command, the path or the pattern, which is the first text of its input. */
export function summaryOf(input: unknown): string {
  const values = typeof input === "object" && input !== null ? Object.values(input) : [];
  const text = values.find((value): value is string => typeof value === "string") ?? "";
  const [line = "", ...rest] = text.trim().split("\n");
  return line.length > width || rest.length > 0 ? `${line.slice(0, width)} …` : line;
}
