import { hunksBetween } from "../verify/gates/hunks.ts";
import { inlineTestLines } from "../verify/inline-tests.ts";
import { isTestPath } from "../verify/test-files.ts";

/** One file of a change, with the lines that it adds. */
export interface Added {
  readonly path: string;
  readonly before: string;
  readonly text: string;
  /** Counted from 1. */
  readonly lines: readonly number[];
  /** Whether a line belongs to tests. */
  readonly isTest: (line: number) => boolean;
  /** Written by a program, or packed for one: nobody wrote its lines. */
  readonly generated: boolean;
}

const marks =
  /@generated\b|\bcode generated\b.*\bdo not edit\b|\bauto-?generated\b.*\bdo not (edit|modify)\b/i;
const packed = /\.min\.[cm]?js$|\.bundle\.js$|(^|\/)(node_modules|vendor|third_party|dist)\//;
/** Characters; nobody reads longer lines. */
const longestLine = 5_000;

/** The lines that `text` adds to `before`. */
export function addedLines(path: string, before: string, text: string): Added {
  const generated =
    packed.test(path) ||
    marks.test(text.slice(0, 1_000)) ||
    text.split("\n").some((line) => line.length > longestLine);
  const lines = generated
    ? []
    : hunksBetween(before, text).flatMap(({ added }) => added.map(({ line }) => line));
  const inTestFile = isTestPath(path);
  const inline = path.endsWith(".rs") && !inTestFile ? inlineTestLines(text) : () => false;
  return { path, before, text, lines, generated, isTest: (line) => inTestFile || inline(line) };
}
