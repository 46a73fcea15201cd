import type { Language } from "./language.ts";

const slashes = String.raw`\/\/[^\n]*|\/\*[^]*?(?:\*\/|$)`;
const double = String.raw`"(?:\\[^]|[^"\\\n])*"?`;
const single = String.raw`'(?:\\[^]|[^'\\\n])*'?`;
const character = String.raw`'(?:\\[^'\n]+|[^'\\\n])'`;
const triple = (quote: string) => `${quote}[^]*?(?:${quote}|$)`;
// A template may hold expressions, and these templates again; one level is enough to find its end.
const template = "`(?:\\\\[^]|\\$\\{(?:[^{}`]|\\{[^{}]*\\}|`[^`]*`)*\\}|[^`\\\\])*`?";
// A slash begins a pattern where no value can stand before it.
const pattern = String.raw`(?=\/)(?<=(?:^|[(,=:[!&|?{};+\n]|return|=>)[ \t]{0,80})\/(?![/*])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\[\n])+\/[a-z]*`;

const tokens: Readonly<Record<Language, RegExp>> = {
  js: new RegExp([slashes, double, single, template, pattern].join("|"), "g"),
  python: new RegExp(["#[^\\n]*", triple('"""'), triple("'''"), double, single].join("|"), "g"),
  go: new RegExp([slashes, double, "`[^`]*`?", character].join("|"), "g"),
  rust: new RegExp(
    [slashes, '\\br(#+)"[^]*?(?:"\\1|$)', '\\br"[^"]*"?', '"(?:\\\\[^]|[^"\\\\])*"?', character].join("|"),
    "g",
  ),
  java: new RegExp([slashes, triple('"""'), double, character].join("|"), "g"),
  cpp: new RegExp(
    [slashes, '\\bR"([^()\\\\\\s]{0,16})\\([^]*?(?:\\)\\1"|$)', double, character].join("|"),
    "g",
  ),
};

/** `text` with the inside of strings and all of its comments blanked; everything else stays where it is. */
export function codeOf(text: string, language: Language): string {
  return text.replace(tokens[language], (token) => {
    if (/^(\/\/|\/\*|#)/.test(token)) return blank(token);
    if (token.length < 2 || /^("""|''')/.test(token)) return `${token[0]}${blank(token.slice(1))}`;
    return `${token[0]}${blank(token.slice(1, -1))}${token.at(-1)}`;
  });
}

const blank = (text: string) => text.replace(/[^\n]/g, " ");

/** No test is longer, and brackets that never close must not cost quadratic time. */
const furthest = 200_000;

/** Where the bracket at `open` is closed; -1 if it is not. `code` as `codeOf` gives it. */
export function closing(code: string, open: number): number {
  let depth = 0;
  const end = Math.min(code.length, open + furthest);
  for (let at = open; at < end; at++) {
    const one = code[at];
    if (one === "(" || one === "[" || one === "{") depth++;
    else if (one === ")" || one === "]" || one === "}") depth--;
    if (depth === 0) return at;
  }
  return -1;
}

/** Where each bracket is closed, by where it opens, in one pass; -1 where it is not. */
export function closings(code: string): (open: number) => number {
  const ends = new Map<number, number>();
  const open: number[] = [];
  for (let at = 0; at < code.length; at++) {
    const one = code[at];
    if (one === "(" || one === "[" || one === "{") open.push(at);
    else if (one === ")" || one === "]" || one === "}") ends.set(open.pop() ?? -1, at);
  }
  return (at) => ends.get(at) ?? -1;
}
