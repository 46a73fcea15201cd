import { closings } from "./code.ts";
import { languageOf } from "./language.ts";
import type { ParsedText } from "./test-blocks.ts";

/** One case of a table that a test runs through. */
export interface Row {
  /** As it is written, in one line. */
  readonly text: string;
  /** Counted from 1. */
  readonly line: number;
}

/** What comes before a table, up to the bracket that holds its rows. Rows of what only has a telling name are brackets themselves. */
const openers: readonly { readonly before: RegExp; readonly nested?: true }[] = [
  { before: /\.(?:each|for)\s*\(\s*\[/g },
  {
    before:
      /\bparametrize\s*\(\s*(?:\w+\s*=\s*)?(?:"[^"\n]*"|'[^'\n]*'|[[(][^()[\]]*[)\]])\s*,\s*(?:\w+\s*=\s*)?[[(]/g,
  },
  { before: /@(?:CsvSource|ValueSource)\s*\(\s*(?:\w+\s*=\s*)?\{/g },
  {
    before:
      /\bGENERATE\w*\s*\(\s*(?:(?:Catch::Generators::)?(?:table|values)\b\s*(?:<[^()]*>)?\s*\(\s*)?\{?/g,
  },
  { before: /\bfor\b[^\n]{0,100}?\b(?:of|in)\s*&?(?:vec!\s*)?[[(]/g },
  { before: /\[\](?:struct\s*\{[^{}]*\}|[\w.*]+)\s*\{/g, nested: true },
  { before: /\bnew\s+Object\s*\[\]\s*\[\]\s*\{|\bfor\s*\([^;()\n]*\s:\s*\{/g },
  { before: /\bmap\[string\](?:struct\s*\{[^{}]*\}|[\w.*]+)\s*\{/g, nested: true },
  { before: /\b(?:Stream|List)\.of\s*\(|\bArrays\.asList\s*\(/g, nested: true },
  {
    before:
      /\b\w*(?:cases?|tests?|table|rows|examples|scenarios)\b[^=\n]{0,60}=\s*(?:&|vec!|new\s+\w+(?:\[\])*\s*)?[[({]/gi,
    nested: true,
  },
];

/** A row of a table with a telling name: a bracket, perhaps with a name before it. */
const isNested = (code: string) => /^[\w.:&"'` ]*[[({]/.test(code.trimStart());

/** The rows of all tables in a text, each table of at least two. */
export function rowsIn({ lines, code: masked }: ParsedText, path: string): Row[] {
  if (languageOf(path) === null) return [];
  const [text, code] = [lines.join("\n"), masked.join("\n")];
  const close = closings(code);
  const starts = openers
    .flatMap(({ before, nested }) =>
      [...code.matchAll(before)].map((match) => ({ open: openOf(match), nested: nested === true })),
    )
    .sort((one, other) => one.open - other.open || Number(one.nested) - Number(other.nested));
  let done = 0;
  // Tables in tables are rare, and thousands of them, each within the one before, would be too much to read.
  let left = 10 * code.length;
  let [line, counted] = [1, 0];
  const rows = starts.flatMap(({ open, nested }): Row[] => {
    const end = close(open);
    // What stands inside of a table belongs to its rows.
    if (open < done || end < 0) return [];
    left -= end - open;
    if (left < 0) return [];
    const parts = split(code, open + 1, end).filter(([from, to]) => code.slice(from, to).trim() !== "");
    if (parts.length < 2 || (nested && !parts.every(([from, to]) => isNested(code.slice(from, to)))))
      return [];
    done = end;
    return parts.map(([from, to]) => {
      const at = from + code.slice(from, to).search(/\S/);
      for (; counted < at; counted++) if (text[counted] === "\n") line++;
      return { text: text.slice(at, to).replaceAll(/\s+/g, " ").trim(), line };
    });
  });
  return [...rows, ...drawn(lines)];
}

/** Tables that are drawn as text: a row on each line, up to the quotes that end it. */
function drawn(lines: readonly string[]): Row[] {
  let quotes = "";
  return lines.flatMap((text, index): Row[] => {
    const [, tick, triple] = /\.each\s*(`)|\btextBlock\s*=\s*(""")/.exec(text) ?? [];
    const isInside = quotes !== "";
    if (isInside && text.includes(quotes)) quotes = "";
    else if (!isInside) quotes = tick ?? triple ?? "";
    return isInside && quotes !== "" && text.trim() !== ""
      ? [{ text: text.replaceAll(/\s+/g, " ").trim(), line: index + 1 }]
      : [];
  });
}

/** The last bracket of what was found. */
const openOf = ({ index, 0: found }: RegExpExecArray) => index + found.search(/[[({](?=[^[({]*$)/);

/** What stands between the commas from `start` to `end`, but for those in brackets. */
function split(code: string, start: number, end: number): [number, number][] {
  const parts: [number, number][] = [];
  let [depth, from] = [0, start];
  for (let at = start; at < end; at++) {
    const one = code[at] ?? "";
    if ("([{".includes(one)) depth++;
    else if (")]}".includes(one)) depth--;
    else if (one === "," && depth === 0) {
      parts.push([from, at]);
      from = at + 1;
    }
  }
  return [...parts, [from, end]];
}
