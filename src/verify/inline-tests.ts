/** A part of a source file that only tests compile: its lines, and the item that it declares. */
interface Part {
  /** Index of its first line, and of the one after its last. */
  readonly start: number;
  readonly end: number;
  readonly item: string;
}

/**
 * Rust keeps unit tests in the files that they test, in items under `#[cfg(test)]`
 * (https://doc.rust-lang.org/book/ch11-03-test-organization.html): the base's text with those items as the head has them.
 * null where there are none, or they are the same. Items are told by their indentation, as rustfmt writes it.
 */
export function withInlineTests(base: string, head: string): string | null {
  const [before, after] = [base.split("\n"), head.split("\n")];
  const parts = partsOf(after);
  if (parts.length === 0) return null;
  const known = partsOf(before);
  const wanted = new Map(parts.map((part) => [part.item, after.slice(part.start, part.end)]));
  const lines = before.flatMap((line, index) => {
    const part = known.find(({ start, end }) => index >= start && index < end);
    if (part === undefined) return [line];
    return index === part.start ? (wanted.get(part.item) ?? []) : [];
  });
  const names = new Set(known.map(({ item }) => item));
  const added = parts.filter(({ item }) => !names.has(item)).flatMap(({ item }) => wanted.get(item) ?? []);
  const text = [...lines, ...added, ...(added.length > 0 ? [""] : [])].join("\n");
  return text === base ? null : text;
}

/** The text without its inline tests. */
export function withoutInlineTests(text: string): string {
  const lines = text.split("\n");
  const parts = partsOf(lines);
  return lines
    .filter((_, index) => !parts.some(({ start, end }) => index >= start && index < end))
    .join("\n");
}

/** Whether a line, counted from 1, stands in one of them. */
export function inlineTestLines(text: string): (line: number) => boolean {
  const parts = partsOf(text.split("\n"));
  return (line) => parts.some(({ start, end }) => line > start && line <= end);
}

/** The outermost items that stand below `#[cfg(test)]` at the beginning of a line. */
function partsOf(lines: readonly string[]): Part[] {
  const parts: Part[] = [];
  for (let start = 0; start < lines.length; start++) {
    if (!/^#\[cfg\((all\()?test\b/.test(lines[start] ?? "")) continue;
    let at = start + 1;
    while (/^(#\[|\/\/)/.test(lines[at] ?? "")) at++;
    const item = (lines[at] ?? "").trim();
    const open = /\{\s*$/.test(item);
    const close = open ? lines.findIndex((line, index) => index > at && /^\}/.test(line)) : at;
    if (item === "" || close < 0) continue;
    parts.push({ start, end: close + 1, item });
    start = close;
  }
  return parts;
}
