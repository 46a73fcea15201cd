import type { Heading, Paragraph } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";

/** Longest guidance that is kept, in characters. */
export const maxGuidance = 4000;

const candidate = /^ {0,3}\/regenerate(?!\S)/m;
/** Twenty quotes or lists within each other: nobody writes that, and parsing takes time that grows with the square of the depth. */
const deep = /^(?:[ \t]*(?:>|(?:[-*+]|\d{1,9}[.)])[ \t])){20}/m;
/** Where a command may stand, in characters from the start of the comment: anybody can comment, and parsing costs time. */
const searched = 16_384;

/**
 * The guidance of the first `/regenerate` in a comment, "" if it has none, or null if there is no such command.
 * Only plain paragraphs count: code, quotes, lists and HTML are things that somebody shows, not things they ask for.
 */
export function parseRegenerate(comment: string): string | null {
  const text = comment.slice(0, searched);
  if (!candidate.test(text) || deep.test(text)) return null;
  for (const block of fromMarkdown(text).children) {
    if (block.type !== "paragraph" && block.type !== "heading") continue;
    const end = endOfCommand(block, comment);
    if (end !== null) return cap(comment.slice(end).trim());
  }
  return null;
}

/** Where the text after `/regenerate` starts, as an offset into the comment. */
function endOfCommand(block: Paragraph | Heading, comment: string): number | null {
  for (const inline of block.children) {
    const start = inline.position?.start.offset;
    const end = inline.position?.end.offset;
    if (inline.type !== "text" || start === undefined || end === undefined) continue;
    for (const match of comment.slice(start, end).matchAll(/^[ \t]*\/regenerate(?!\S)/gm)) {
      const at = start + match.index;
      if (startsLine(comment, at)) return at + match[0].length;
    }
  }
  return null;
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
