import type { RootContent, Text } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";
import { nearest } from "../config/nearest.ts";
import { type AttemptOptions, readOptions } from "./attempt-options.ts";

/** Longest guidance that is kept, in characters. */
export const maxGuidance = 4000;

/** What a comment asks for. `attempt` is null where no number of one is given. */
export type Command =
  | {
      readonly name: "regenerate" | "revise";
      readonly options: AttemptOptions;
      readonly guidance: string;
    }
  | { readonly name: "use"; readonly attempt: number | null }
  | { readonly name: "cancel" }
  | { readonly name: "approve"; readonly words: string }
  | { readonly name: "plan" }
  | { readonly name: "split" }
  /** None of these, but likely meant to be. */
  | { readonly name: "unknown" };

const names = ["regenerate", "revise", "use", "cancel", "approve", "plan", "split"];
/** What people ask any such tool for. */
const help = ["help", "firstdraft"];
const candidate = /^ {0,3}\/[A-Za-z]/m;
const ofLine = /^[ \t]*\/([A-Za-z][A-Za-z-]{1,19})(?!\S)/gm;
/** Twenty quotes or lists within each other: nobody writes that, and parsing takes time that grows with the square of the depth. */
const deep = /^(?:[ \t]*(?:>|(?:[-*+]|\d{1,9}[.)])[ \t])){20}/m;
/** Where a command may stand, in characters from the start of the comment: anybody can comment, and parsing costs time. */
const searched = 16_384;

/**
 * The first command in a comment, or else what is likely meant to be one, or null if there is neither. Only plain paragraphs
 * count: code, quotes, lists and HTML, with what is between its tags, are things that somebody shows, not things they ask for.
 */
export function parseCommand(comment: string): Command | null {
  const text = comment.slice(0, searched);
  if (!candidate.test(text) || deep.test(text)) return null;
  let meant: Command | null = null;
  for (const plain of plainTexts(fromMarkdown(text).children)) {
    for (const { name, end } of slashWords(plain, comment)) {
      if (names.includes(name)) return commandOf(name, comment.slice(end));
      if (help.includes(name) || nearest(name, names) !== null) meant = { name: "unknown" };
    }
  }
  return meant;
}

/**
 * What a comment answers that begins with the number of a question, of which there are three at most, or null: maintainers
 * talk with each other as well.
 */
export function parseAnswers(comment: string): string | null {
  return /^\s*[1-3][.):]\s+\S/.test(comment.slice(0, searched)) ? cap(comment.trim()) : null;
}

function commandOf(name: string, rest: string): Command {
  if (name === "regenerate" || name === "revise") {
    const { options, rest: guidance } = readOptions(rest, name);
    return { name, options, guidance: cap(guidance) };
  }
  if (name === "cancel" || name === "plan" || name === "split") return { name };
  if (name === "approve") return { name, words: cap(rest.trim()) };
  const number = /^[1-9]\d{0,3}(?!\S)/.exec(rest.trim())?.[0];
  return { name: "use", attempt: number === undefined ? null : Number(number) };
}

/** The plain texts of paragraphs that stand in no tag that quotes, folds or lists what is in it. */
function* plainTexts(blocks: readonly RootContent[]): Iterable<Text> {
  let within = 0;
  for (const block of blocks) {
    const isPlain = block.type === "paragraph" || block.type === "heading";
    for (const inline of isPlain ? block.children : [block]) {
      if (inline.type === "html") within = openAfter(inline.value, within);
      if (inline.type === "text" && within === 0) yield inline;
    }
  }
}

/** How many such tags are open behind a piece of HTML, where so many were before it: Markdown goes on between them. */
function openAfter(html: string, before: number): number {
  const [, shown = ""] = html.startsWith("<!--") ? html.split("-->", 2) : ["", html];
  let open = before;
  for (const [, slash] of shown.matchAll(/<(\/?)(?:blockquote|details|pre|code|table|ul|ol)\b/gi))
    open = Math.max(0, open + (slash === "" ? 1 : -1));
  return open;
}

/** Each word that stands first on its line behind a slash, and where the text after it starts in the comment. */
function* slashWords(
  { position }: Text,
  comment: string,
): Iterable<{ readonly name: string; readonly end: number }> {
  const start = position?.start.offset;
  const end = position?.end.offset;
  if (start === undefined || end === undefined) return;
  for (const match of comment.slice(start, end).matchAll(ofLine)) {
    const at = start + match.index;
    if (startsLine(comment, at)) yield { name: match[1] ?? "", end: at + match[0].length };
  }
}

function startsLine(comment: string, at: number): boolean {
  const line =
    comment
      .slice(0, at)
      .split(/[\r\n]/)
      .at(-1) ?? "";
  return line.trim() === "";
}

function cap(text: string): string {
  return text.length <= maxGuidance ? text : `${text.slice(0, maxGuidance - 1).toWellFormed()}…`;
}
