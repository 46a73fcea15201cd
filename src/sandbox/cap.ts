export interface Cap {
  readonly lines: number;
  /** Bytes of UTF-8. */
  readonly bytes: number;
  /** `head`: the start only · `ends`: start and end, in equal parts. */
  readonly keep: "head" | "ends";
}

/** What was left out of a text. */
export interface Cut {
  /** Number of the first line that is not shown whole, from 1. */
  readonly fromLine: number;
  /** Number of the last line that is not shown whole, from 1. */
  readonly toLine: number;
  readonly bytes: number;
}

export interface Capped {
  readonly text: string;
  /** null: nothing was left out. */
  readonly cut: Cut | null;
}

/** `text` within `cap`, cut between lines where lines are short enough; `note` says in its place what is missing. */
export function capOutput(text: string, cap: Cap, note: (cut: Cut) => string = cutNote): Capped {
  const lines = text.split("\n");
  const size = Buffer.byteLength(text);
  if (lines.length <= cap.lines && size <= cap.bytes) return { text, cut: null };

  const share = cap.keep === "head" ? 1 : 2;
  const head = take(lines, cap.lines / share, cap.bytes / share);
  const tail = share === 1 ? nothing : take(lines.slice(head.whole).reverse(), cap.lines / 2, cap.bytes / 2);
  const end = [...tail.lines].reverse();
  // a part of a line is its start in the head and its end in the tail
  const headPart = head.whole === 0 && lines[0] ? [firstBytes(lines[0], cap.bytes / share)] : [];
  const last = lines.at(-1);
  const tailPart = share === 2 && tail.whole === 0 && last ? [lastBytes(last, cap.bytes / 2)] : [];
  const shown = [...head.lines, ...headPart, ...tailPart, ...end].join("\n");
  const cut = {
    fromLine: head.whole + 1,
    toLine: lines.length - tail.whole,
    bytes: size - Buffer.byteLength(shown),
  };
  return {
    text: [...head.lines, ...headPart, note(cut), ...tailPart, ...end].join("\n"),
    cut,
  };
}

const cutNote = ({ fromLine, toLine, bytes }: Cut): string =>
  `[… lines ${fromLine} to ${toLine} left out, ${bytes} bytes …]`;

const nothing = { lines: [] as string[], whole: 0 };

function take(lines: readonly string[], count: number, bytes: number): { lines: string[]; whole: number } {
  const taken: string[] = [];
  let used = 0;
  for (const line of lines) {
    used += Buffer.byteLength(line) + 1;
    if (taken.length >= Math.floor(count) || used > bytes) break;
    taken.push(line);
  }
  return { lines: taken, whole: taken.length };
}

/** The cut may go through a character, which then decodes to U+FFFD and is dropped. */
const firstBytes = (line: string, bytes: number): string =>
  Buffer.from(line)
    .subarray(0, bytes)
    .toString("utf8")
    .replace(/\uFFFD$/, "");

const lastBytes = (line: string, bytes: number): string => {
  const all = Buffer.from(line);
  return all
    .subarray(Math.max(0, all.length - bytes))
    .toString("utf8")
    .replace(/^\uFFFD+/, "");
};
