import { codeOf } from "./code.ts";
import { declarationsIn } from "./declarations.ts";
import { languageOf } from "./language.ts";

/** One test in a file's text, with the annotations above it. */
export interface TestBlock {
  readonly name: string;
  /** Of its declaration, counted from 1. */
  readonly line: number;
  /** Of the first of `lines`. */
  readonly from: number;
  readonly lines: readonly string[];
  /** The same lines without comments and what stands in strings. */
  readonly code: readonly string[];
}

/** A text whose tests are known. */
export interface ParsedText {
  readonly lines: readonly string[];
  readonly code: readonly string[];
  readonly blocks: readonly TestBlock[];
}

/** No test has longer lines, and minified texts have. */
const maxLine = 2_000;

/** A text by its lines, its code and the tests in it, by the language of `path`. */
export function parseTests(text: string, path: string): ParsedText {
  const lines = text.split("\n").map((line) => line.slice(0, maxLine));
  const language = languageOf(path);
  if (language === null) return { lines, code: lines, blocks: [] };
  const whole = lines.join("\n");
  const masked = codeOf(whole, language);
  const code = masked.split("\n");
  const starts = offsets(lines);
  const found = declarationsIn(whole, masked, language);
  // Tests in tests are rare, and thousands of them, each within the one before, would be too much to keep.
  let left = 10 * lines.length;
  const blocks = found.flatMap(({ name, at, end }, index): TestBlock[] => {
    const line = lineAt(starts, at);
    // Where brackets do not match, the next test ends it at the latest.
    const next = found[index + 1];
    const last =
      end >= 0 ? lineAt(starts, end) : next === undefined ? lines.length - 1 : lineAt(starts, next.at) - 1;
    const first = firstAbove(code, lines, line);
    const to = Math.max(last, line) + 1;
    left -= to - first;
    const body = { lines: lines.slice(first, to), code: code.slice(first, to) };
    return left < 0 ? [] : [{ name, line: line + 1, from: first + 1, ...body }];
  });
  return { lines, code, blocks };
}

/** The tests in the text of one file, in their order. */
export function testBlocks(text: string, path: string): readonly TestBlock[] {
  return parseTests(text, path).blocks;
}

/** The first line of the annotations, decorators or attributes that stand right above `line`. */
function firstAbove(code: readonly string[], lines: readonly string[], line: number): number {
  let first = line;
  let depth = 0;
  for (let at = line - 1; at >= 0 && line - at < 400; at--) {
    const text = code[at] ?? "";
    depth += (text.match(/[)\]}]/g)?.length ?? 0) - (text.match(/[([{]/g)?.length ?? 0);
    if (depth < 0) break;
    if (depth === 0 && /^\s*(@|#\[)/.test(text)) first = at;
    else if (depth === 0 && !(text.trim() === "" && (lines[at] ?? "").trim() !== "")) break;
  }
  return first;
}

function offsets(lines: readonly string[]): number[] {
  let at = 0;
  return lines.map((line) => {
    const start = at;
    at += line.length + 1;
    return start;
  });
}

/** The index of the line in which `offset` lies. */
function lineAt(starts: readonly number[], offset: number): number {
  let [low, high] = [0, starts.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
