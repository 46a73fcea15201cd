import type { Heading, Paragraph } from "mdast";
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
 * The first command in a comment, or else what is likely meant to be one, or null if there is neither. Only plain paragraphs count: code, quotes, lists and HTML are
 * things that somebody shows, not things they ask for.
 */
export function parseCommand(comment: string): Command | null {
  const text = comment.slice(0, searched);
  if (!candidate.test(text) || deep.test(text)) return null;
  let meant: Command | null = null;
  for (const block of fromMarkdown(text).children) {
    if (block.type !== "paragraph" && block.type !== "heading") continue;
    for (const { name, end } of slashWords(block, comment)) {
      if (names.includes(name)) return commandOf(name, comment.slice(end));
      if (help.includes(name) || nearest(name, names) !== null) meant = { name: "unknown" };
    }
  }
  return meant;
}

/** What a comment answers that begins as a numbered list does, or null: maintainers talk with each other as well. */
export function parseAnswers(comment: string): string | null {
  return /^\s*1[.):]\s+\S/.test(comment.slice(0, searched)) ? cap(comment.trim()) : null;
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

/** Each word of a block that stands first on its line behind a slash, and where the text after it starts in the comment. */
function* slashWords(
  block: Paragraph | Heading,
  comment: string,
): Iterable<{ readonly name: string; readonly end: number }> {
  for (const inline of block.children) {
    const start = inline.position?.start.offset;
    const end = inline.position?.end.offset;
    if (inline.type !== "text" || start === undefined || end === undefined) continue;
    for (const match of comment.slice(start, end).matchAll(ofLine)) {
      const at = start + match.index;
      if (startsLine(comment, at)) yield { name: match[1] ?? "", end: at + match[0].length };
    }
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
