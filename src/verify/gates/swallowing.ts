import { isAssertion } from "./assertions.ts";
import { closings } from "./code.ts";
import type { Language } from "./language.ts";
import type { TestBlock } from "./test-blocks.ts";

/** Characters of a test that are looked at: what is longer is no test that a person wrote. */
const longest = 100_000;

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

function caught(text: string, language: Language): number[] {
  const all = catchesAll[language];
  if (all === undefined) return [];
  const close = closings(text);
  return [...text.matchAll(/\btry\s*\{/g)].flatMap((match) => {
    const end = close(match.index + match[0].length - 1);
    const [clause = "", given = ""] =
      /^\s*catch\s*(\([^)]*\))?\s*\{/.exec(text.slice(end + 1, end + 300)) ?? [];
    if (end < 0 || clause === "" || !all.test(given || "any")) return [];
    const open = end + clause.length;
    const body = text.slice(open, close(open) + 1);
    const swallows = checks(text.slice(match.index, end)) && !reacts.test(body) && !checks(body);
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
  return code.flatMap((line, index) => {
    if (suppressing.test(line)) return checks(deeper(code, index)) ? [index] : [];
    if (!wide.test(line)) return [];
    const start = code.findLastIndex(
      (one, at) => at < index && indentOf(one) === indentOf(line) && /^\s*try\s*:/.test(one),
    );
    const body = `${line.slice(line.indexOf(":") + 1)}\n${deeper(code, index)}`;
    const tried = start < 0 ? "" : code.slice(start, index).join("\n");
    return checks(tried) && !reacts.test(body) && !checks(body) ? [index] : [];
  });
}

function deeper(code: readonly string[], index: number): string {
  const own = indentOf(code[index] ?? "");
  const rest = code.slice(index + 1);
  const end = rest.findIndex((line) => line.trim() !== "" && indentOf(line) <= own);
  return rest.slice(0, end < 0 ? undefined : end).join("\n");
}

const indentOf = (line: string) => line.length - line.trimStart().length;
