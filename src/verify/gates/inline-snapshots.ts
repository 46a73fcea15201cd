import { closings } from "./code.ts";
import { languageOf } from "./language.ts";
import type { ParsedText } from "./test-blocks.ts";

/** A recorded expectation that stands in the test itself. */
export interface InlineSnapshot {
  /** What was recorded, without needless space; "" where the next run is to record it. */
  readonly text: string;
  /** Counted from 1. */
  readonly line: number;
}

/** jest and vitest, insta, inline-snapshot: all of them write what comes into the call. */
const calls =
  /\bto(?:Throw(?:Error)?)?MatchInlineSnapshot\s*\(|\btoThrowErrorMatchingInlineSnapshot\s*\(|\bassert(?:_\w+)?_snapshot!\s*[({[]|==\s*snapshot\s*\(/g;

/** The inline snapshots of a text, in their order. */
export function inlineSnapshots({ lines, code: masked }: ParsedText, path: string): InlineSnapshot[] {
  const language = languageOf(path);
  if (language === null) return [];
  const [text, code] = [lines.join("\n"), masked.join("\n")];
  const close = closings(code);
  let [line, counted] = [1, 0];
  let done = 0;
  return [...code.matchAll(calls)].flatMap(({ index, 0: found }) => {
    const open = index + found.length - 1;
    const end = close(open);
    // Of insta's only what stands behind @ is recorded in the test.
    const start = language === "rust" ? code.indexOf("@", open) : open;
    if (index < done || start < 0 || start > end) return [];
    done = end;
    for (; counted < index; counted++) if (text[counted] === "\n") line++;
    const recorded = text
      .slice(start + 1, end)
      .replaceAll(/\s+/g, " ")
      .trim();
    return [{ text: recorded.replace(/,$/, ""), line }];
  });
}
