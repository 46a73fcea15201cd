import { isAssertion } from "./assertions.ts";
import { closings } from "./code.ts";
import type { Language } from "./language.ts";
import type { TestBlock } from "./test-blocks.ts";

/** Characters of a test that are looked at: what is longer is no test that a person wrote. */
const longest = 100_000;
/** Characters of what is done about a failure. */
const longestBody = 10_000;

/** Where a test swallows what it checks: indexes of lines of the block. `before`: what it was, where that matters. */
export function swallowedIn(block: TestBlock, language: Language, before?: TestBlock): number[] {
  if (language === "python")
    return [...inPython(block.code), ...expected(block, before)].sort((a, b) => a - b);
  const text = block.code.join("\n").slice(0, longest);
  const found = [...caught(text, language), ...recovered(text, language)];
  if (language === "js") found.push(...rejected(text, block, before));
  const lines = found.map((at) => text.slice(0, at).split("\n").length - 1);
  return [...new Set([...lines, ...expected(block, before)])].sort((a, b) => a - b);
}

/** What a test that failed throws, by the clause that would catch it. */
const catchesAll: Readonly<Partial<Record<Language, RegExp>>> = {
  js: /./,
  java: /\b(?:Throwable|Error|AssertionError|AssertionFailedError)\b/,
  cpp: /\.\.\./,
};

/** A body that does something about what it caught. */
const reacts = /\b(?:throw|raise|reject|next|done|cb|callback|fail\w*|panic!|process\.exit)\b/;

const checks = (code: string) =>
  code.split("\n").some((line) => isAssertion(line) && !/\bfail\w*\s*\(/i.test(line));

/** Tells whether a part of `text` checks something, with the lines inside of it read once for all parts. */
function checksWithin(text: string): (start: number, end: number) => boolean {
  const breaks = [...text.matchAll(/\n/g)].map(({ index }) => index);
  let count = 0;
  // So many of the lines before each break check something.
  const before = breaks.map((at, index) => {
    if (checks(text.slice((breaks[index - 1] ?? -1) + 1, at))) count++;
    return count;
  });
  return (start, end) => {
    const [first, last] = [breaks.findIndex((at) => at >= start), breaks.findLastIndex((at) => at < end)];
    if (first < 0 || last < first) return checks(text.slice(start, end));
    const whole = (before[last] ?? 0) - (before[first] ?? 0);
    return (
      whole > 0 ||
      checks(text.slice(start, breaks[first])) ||
      checks(text.slice((breaks[last] ?? 0) + 1, end))
    );
  };
}

function caught(text: string, language: Language): number[] {
  const all = catchesAll[language];
  if (all === undefined) return [];
  const close = closings(text);
  const within = checksWithin(text);
  return [...text.matchAll(/\btry\s*\{/g)].flatMap((match) => {
    const end = close(match.index + match[0].length - 1);
    const [clause = "", given = ""] =
      /^\s*catch\s*(\([^)]*\))?\s*\{/.exec(text.slice(end + 1, end + 300)) ?? [];
    if (end < 0 || clause === "" || !all.test(given || "any")) return [];
    const open = end + clause.length;
    const closed = close(open);
    const body = text.slice(open, Math.min(closed + 1, open + longestBody));
    const swallows = within(match.index, end) && !reacts.test(body) && !within(open, closed + 1);
    return swallows ? [end + 1 + clause.search(/\S/)] : [];
  });
}

function recovered(text: string, language: Language): number[] {
  if (language === "rust")
    return [...text.matchAll(/\blet\s+_\w*\s*=\s*(?:\w+::)*catch_unwind\b/g)].map(({ index }) => index);
  if (language !== "go") return [];
  const close = closings(text);
  return [...text.matchAll(/\bdefer\s+(?:func\s*\([^)]*\)\s*\{|recover\(\))/g)].flatMap((match) => {
    if (!match[0].endsWith("{")) return [match.index];
    const open = match.index + match[0].length - 1;
    const body = text.slice(open, close(open) + 1);
    return /\brecover\(\)/.test(body) && !checks(body) && !reacts.test(body) ? [match.index] : [];
  });
}

const nothing =
  /\.catch\(\s*(?:\(\s*\w*\s*\)|\w+|function\s*\w*\s*\(\w*\))\s*(?:=>)?\s*(?:\{\s*\}|null|undefined|void 0)\s*\)/g;

/** Promises whose rejection goes nowhere, if a check lies in them or if they were waited for plainly before. */
function rejected(text: string, block: TestBlock, before: TestBlock | undefined): number[] {
  const old = new Set(before?.code.map((line) => line.trim()));
  return [...text.matchAll(nothing)]
    .filter(({ index }) => {
      const at = text.slice(0, index).split("\n").length - 1;
      const line = block.code[at] ?? "";
      const opened = openingOf(text, index - 1);
      return (
        old.has(line.replace(nothing, "").trim()) ||
        isAssertion(line) ||
        (opened >= 0 && checks(text.slice(opened, index)))
      );
    })
    .map(({ index }) => index);
}

/** Any failure is what is expected here. */
const anyFailure =
  /\b(?:pytest\.raises|assertRaises)\(\s*(?:Exception|BaseException|AssertionError)\b|\bassertThrows\(\s*(?:Throwable|Exception|Error|AssertionError)\.class\s*,|\bexpect\(\s*(?:async\s*)?(?:\(\)\s*=>|function\s*\(\))/;

/** Where a check that stood by itself has become one that is expected to fail. */
function expected(block: TestBlock, before: TestBlock | undefined): number[] {
  if (before === undefined) return [];
  const old = new Set(before.code.map((line) => line.trim()).filter(isAssertion));
  return block.code.flatMap((line, index) => {
    if (!anyFailure.test(line) || old.has(line.trim())) return [];
    return deeper(block.code, index)
      .split("\n")
      .some((one) => old.has(one.trim()))
      ? [index]
      : [];
  });
}

/** Where the bracket that closes at `end`, but for space, was opened; -1 if there is none. */
function openingOf(text: string, end: number): number {
  let depth = 0;
  for (let at = end; at >= 0; at--) {
    const one = text[at] ?? "";
    if (/[)\]}]/.test(one)) depth++;
    else if (/[([{]/.test(one)) depth--;
    else if (depth === 0 && !/\s/.test(one)) return -1;
    if (depth === 0 && /[([{]/.test(one)) return at;
  }
  return -1;
}

const wide = /^\s*except\s*(?:[^:]*\b(?:Exception|BaseException|AssertionError)\b[^:]*)?:/;
const suppressing = /^\s*with\b.*\bsuppress\([^)]*\b(?:Exception|BaseException|AssertionError)\b/;

function inPython(code: readonly string[]): number[] {
  let count = 0;
  const before = [0, ...code.map((line) => (checks(line) ? ++count : count))];
  const within = (start: number, end: number) => (before[end] ?? 0) > (before[start] ?? 0);
  /** The last `try` at each depth. */
  const tries = new Map<number, number>();
  return code.flatMap((line, index) => {
    const own = indentOf(line);
    if (/^\s*try\s*:/.test(line)) tries.set(own, index);
    if (suppressing.test(line)) return within(index + 1, endOf(code, index)) ? [index] : [];
    if (!wide.test(line)) return [];
    const start = tries.get(own);
    const end = endOf(code, index);
    const body = [line.slice(line.indexOf(":") + 1), ...code.slice(index + 1, Math.min(end, index + 500))];
    const isQuiet =
      !checks(body[0] ?? "") && !within(index + 1, end) && !body.some((one) => reacts.test(one));
    return start !== undefined && within(start, index) && isQuiet ? [index] : [];
  });
}

const deeper = (code: readonly string[], index: number) =>
  code.slice(index + 1, endOf(code, index)).join("\n");

/** The index after the lines that are further in than the one at `index`. */
function endOf(code: readonly string[], index: number): number {
  const own = indentOf(code[index] ?? "");
  let end = index + 1;
  while (end < code.length && ((code[end] ?? "").trim() === "" || indentOf(code[end] ?? "") > own)) end++;
  return end;
}

const indentOf = (line: string) => line.length - line.trimStart().length;
