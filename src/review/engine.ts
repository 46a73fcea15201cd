import { readFile } from "node:fs/promises";
import type { SgNode } from "@ast-grep/wasm";
import * as astGrep from "@ast-grep/wasm/wasm_bg.js";
import { Parser } from "web-tree-sitter";
import { inAscii } from "./ascii.ts";
import { type Grammar, type Language, languageOf } from "./languages.ts";
import type { Matcher, Rule } from "./rule.ts";
import { rulesFor } from "./rules/index.ts";
import { engineFile, grammarFile, runtimeFile, wasmPath } from "./wasm-files.ts";
import { wordsFor } from "./words/index.ts";

/** What a rule found: its lines counted from 1, and the code. */
export interface Match {
  readonly rule: string;
  readonly line: number;
  readonly endLine: number;
  readonly text: string;
}

/** Lines counted from 1; null: all of them. */
export type Lines = readonly number[] | null;

/** Beyond this nobody reads them, and code may be written to have any number. */
const mostMatches = 200;
/** Longer code is compared by its beginning. */
const longestText = 2_000;

let started: Promise<void> | undefined;
const grammars = new Map<Grammar, Promise<void>>();

async function start(): Promise<void> {
  await Parser.init({ wasmBinary: await readFile(wasmPath(runtimeFile)) });
  const bytes = await readFile(wasmPath(engineFile));
  const { instance } = await WebAssembly.instantiate(bytes, { "./wasm_bg.js": astGrep });
  astGrep.__wbg_set_wasm(instance.exports);
  (instance.exports.__wbindgen_start as () => void)();
  await astGrep.initializeTreeSitter();
}

async function load(grammar: Grammar): Promise<void> {
  started ??= start();
  await started;
  const isDollarName = grammar === "javascript" || grammar === "typescript" || grammar === "tsx";
  const expando = isDollarName || grammar === "java" ? {} : { expandoChar: "µ" };
  await astGrep.registerDynamicLanguage({
    [grammar]: { libraryPath: wasmPath(grammarFile(grammar)), ...expando },
  });
}

/** What the rules of its language, or those of them named by `only`, find in `text` on `lines`: at most 200 things. */
export async function find(
  grammar: Grammar,
  text: string,
  lines: Lines,
  only: readonly string[] | null = null,
): Promise<Match[]> {
  const loading = grammars.get(grammar) ?? load(grammar);
  grammars.set(grammar, loading);
  await loading;
  const { rules: every, utils } = rulesIn(languageOf(grammar));
  const rules = only === null ? every : every.filter(({ id }) => only.includes(id));
  const wanted = lines === null ? null : new Set(lines);
  const root = astGrep.parse(grammar, text);
  try {
    const parts = partsOf(root.root(), wanted);
    const found = (matcher: Matcher) => parts.flatMap((part) => part.findAll({ rule: matcher, utils }));
    const isWanted = (node: SgNode) => touches(placeOf(node), wanted);
    // One walk for all rules tells of most files that there is nothing in them.
    if (!found({ any: rules.map((rule) => rule.find) }).some(isWanted)) return [];
    const matches: Match[] = [];
    for (const { id, find } of rules) {
      for (const node of found(find)) {
        if (matches.length >= mostMatches) return matches;
        const place = placeOf(node);
        if (touches(place, wanted))
          matches.push({ rule: id, ...place, text: node.text().slice(0, longestText) });
      }
    }
    return matches;
  } finally {
    root.free();
  }
}

const known = new Map<
  Language,
  { rules: readonly Pick<Rule, "id" | "find">[]; utils: Record<string, Matcher> }
>();

function rulesIn(language: Language) {
  const made = known.get(language) ?? {
    rules: rulesFor(language).map(({ id, find }) => ({ id, find: inAscii(find) })),
    utils: inAscii(wordsFor(language)),
  };
  known.set(language, made);
  return made;
}

/** A finding about so many lines would be about none. */
const longestPart = 100;
/** The rules are compiled for each part anew. */
const mostParts = 4;

/** The parts of a file in which wanted lines are; all of it where these are everywhere. */
function partsOf(root: SgNode, wanted: ReadonlySet<number> | null): SgNode[] {
  if (wanted === null) return [root];
  let parts = [root];
  for (;;) {
    const next = parts.flatMap((part) => {
      const { line, endLine } = placeOf(part);
      return endLine - line < longestPart
        ? [part]
        : part.children().filter((child) => touches(placeOf(child), wanted));
    });
    if (
      next.length > mostParts ||
      (next.length === parts.length && next.every((part, i) => part === parts[i]))
    )
      break;
    parts = next;
  }
  return parts;
}

function placeOf(node: SgNode): { line: number; endLine: number } {
  const { start, end } = node.range();
  return { line: start.line + 1, endLine: end.line + 1 };
}

function touches({ line, endLine }: { line: number; endLine: number }, wanted: ReadonlySet<number> | null) {
  if (wanted === null) return true;
  for (let at = line; at <= endLine; at++) if (wanted.has(at)) return true;
  return false;
}
