import { closings } from "./code.ts";
import type { Language } from "./language.ts";

/** Where a test is declared: its name, and the offsets at which the declaration stands and the test ends (-1: unknown). */
export interface Declaration {
  readonly name: string;
  readonly at: number;
  readonly end: number;
}

/** No file that people write has more, and each costs a look at what follows it. */
const most = 2_000;

type Find = (text: string, code: string, close: (open: number) => number) => (Declaration | null)[];

/** Every test that a text declares. `code` is the same text as `codeOf` gives it. */
export function declarationsIn(text: string, code: string, language: Language): Declaration[] {
  return (
    finders[language](text, code, closings(code))
      .filter((found) => found !== null)
      // Several annotations may stand before one test.
      .filter(({ end }, index, all) => end < 0 || all.findIndex((one) => one.end === end) === index)
      .sort((one, other) => one.at - other.at)
  );
}

const js: Find = (text, code, close) =>
  matches(code, /(?<![.\w$])[xf]?(?:it|test|specify)((?:\.\w+)*)(?=\s*[(`])/g).map((match) => {
    let open = skipSpace(code, match.index + match[0].length);
    // A table, or a condition, comes first: it.each([…])("name", …)
    if (/\.(each|for|skipIf|runIf)$/.test(match[1] ?? "") || code[open] === "`") {
      const end = code[open] === "`" ? code.indexOf("`", open + 1) : close(open);
      open = skipSpace(code, end < 0 ? code.length : end + 1);
    }
    if (code[open] !== "(") return null;
    const start = skipSpace(code, open + 1);
    const quote = code[start] ?? "";
    const name = /["'`]/.test(quote)
      ? text.slice(start + 1, code.indexOf(quote, start + 1))
      : (/^[\w$.[\]]+(?=\s*,)/.exec(code.slice(start, start + 200))?.[0] ?? "");
    return name === "" ? null : { name, at: match.index, end: close(open) };
  });

const python: Find = (_, code, close) =>
  matches(code, /^([ \t]*)(?:async[ \t]+)?def[ \t]+(test\w*)[ \t]*\(/gm).map((match) => {
    const [whole, indent = "", name = ""] = match;
    let depth = 0;
    let at = code.indexOf("\n", close(match.index + whole.length - 1));
    let end = at < 0 ? code.length : at;
    // It lasts as long as the lines are further in.
    while (at >= 0) {
      const next = code.indexOf("\n", at + 1);
      const line = code.slice(at + 1, next < 0 ? code.length : next);
      if (line.trim() !== "") {
        if (depth <= 0 && line.length - line.trimStart().length <= indent.length) break;
        depth += (line.match(/[([{]/g)?.length ?? 0) - (line.match(/[)\]}]/g)?.length ?? 0);
        end = next < 0 ? code.length : next;
      }
      at = next;
    }
    return { name, at: match.index, end };
  });

const go: Find = (_, code, close) =>
  matches(
    code,
    /^func[ \t]+(?:\([^)\n]*\)[ \t]*)?((?!TestMain\b)(?:Test|Fuzz|Example)(?![a-z])\w*)[ \t]*\([^)\n]*\)[ \t]*\{/gm,
  ).map((match) => braced(close, match.index, match[1] ?? "", match.index + match[0].length - 1));

const rust: Find = (_, code, close) => [
  ...matches(code, /#\[(?:\w+::)*(?:test|rstest|test_case|quickcheck|wasm_bindgen_test)\b/g).map((match) => {
    const after = code.slice(match.index, match.index + 4_000);
    const [whole = "", name = ""] = /^[^{};]*?\bfn\s+(\w+)/.exec(after) ?? [];
    return name === ""
      ? null
      : bodyAfter(code, close, match.index + whole.length, name, match.index + whole.lastIndexOf("fn"));
  }),
  ...matches(code, /^[ \t]*\w*test\w*!\s*[({]\s*(\w+)\s*,/gm).map((match) => {
    const open = match.index + match[0].search(/[({]/);
    return { name: match[1] ?? "", at: match.index, end: close(open) };
  }),
];

const java: Find = (text, code, close) =>
  matches(
    code,
    /@(?:Test|ParameterizedTest|RepeatedTest|TestFactory|TestTemplate|Theory|Property)\b|^[ \t]*public[ \t]+void[ \t]+(?=test\w*[ \t]*\()/gm,
  ).map((match) => {
    // Without an annotation, only where the class says that it holds tests.
    if (match[0][0] !== "@" && !/\bTestCase\b/.test(text)) return null;
    let at = match.index;
    // Annotations and their arguments stand before the declaration.
    for (;;) {
      at = skipSpace(code, at);
      const annotation = /^@[\w.]+[ \t]*/.exec(code.slice(at, at + 200))?.[0];
      if (annotation === undefined) break;
      at += annotation.length;
      if (code[at] === "(") at = Math.max(at, close(at)) + 1;
    }
    const [whole = "", name = ""] =
      /^[\w\s<>[\],.?]*?(\w+|`[^`]*`)\s*\(/.exec(code.slice(at, at + 500)) ?? [];
    return name === "" ? null : bodyAfter(code, close, at + whole.length - 1, name, at);
  });

const cpp: Find = (text, code, close) =>
  matches(code, /^[ \t]*(?:(?:TYPED_)?TEST(?:_[FP])?|\w*(?:TEST_CASE|SCENARIO)\w*)[ \t]*(?=\()/gm).map(
    (match) => {
      const open = match.index + match[0].length;
      const end = close(open);
      const given = text.slice(open + 1, Math.max(end, open + 1));
      const [, suite, test] = /^\s*(\w+)\s*,\s*(\w+)\s*$/.exec(given) ?? [];
      const name = suite === undefined ? /"((?:\\.|[^"\\])*)"/.exec(given)?.[1] : `${suite}.${test}`;
      return bodyAfter(code, close, open, name ?? "(no name)", match.index);
    },
  );

const finders: Readonly<Record<Language, Find>> = { js, python, go, rust, java, cpp };

function matches(code: string, pattern: RegExp): RegExpExecArray[] {
  const found: RegExpExecArray[] = [];
  for (const match of code.matchAll(pattern)) if (found.push(match) >= most) break;
  return found;
}

/** What stands in braces after the parameters that open at `from` or later; none where there is no body. */
function bodyAfter(
  code: string,
  close: (open: number) => number,
  from: number,
  name: string,
  at: number,
): Declaration | null {
  const parameters = code.indexOf("(", from);
  const end = parameters < 0 ? -1 : close(parameters);
  const [between] = /^[^{;]*/.exec(code.slice(end + 1, end + 1_000)) ?? [""];
  return end < 0 || code[end + 1 + between.length] !== "{"
    ? null
    : braced(close, at, name, end + 1 + between.length);
}

function braced(close: (open: number) => number, at: number, name: string, open: number): Declaration {
  return { name, at, end: close(open) };
}

function skipSpace(code: string, from: number): number {
  let at = from;
  while (/\s/.test(code[at] ?? "")) at++;
  return at;
}
