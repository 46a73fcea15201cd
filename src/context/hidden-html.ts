import type { Count } from "./removed.ts";
import { type Zone, zoneFinder } from "./zones.ts";

const lt = "(?:<|&(?:lt|#0*60|#x0*3c);)";
const gt = "(?:>|&(?:gt|#0*62|#x0*3e);)";
const commentMark = new RegExp(`(${lt}!--(?:-?${gt})?)|--!?${gt}`, "gi");
const attributes = `(?:\\s|"[^"]*"|'[^']*'|[^\\s"'<>])*`;
const token = new RegExp(
  [
    "\\\\[\\\\`]", // escaped
    "(?<ticks>`+)",
    `(?<comment>${lt}!--)`,
    "(?<declaration><\\?|<!\\[CDATA\\[|<![a-z])",
    `<(?<close>/?)(?<name>[a-z][a-z0-9:-]*)(?<attributes>(?=[\\s/>])${attributes})>`,
  ].join("|"),
  "giu",
);
const invisibleEntity =
  /&(?:#0*(?:173|847|1564|4447|4448|6068|6069|820[3-7]|823[4-8]|829[2-9]|830[0-3]|10240|12644|65024|6502[5-9]|6503[0-9]|65279|65440)|#x0*(?:ad|34f|61c|115f|1160|17b[45]|180[b-f]|200[b-f]|202[a-e]|206[0-9a-f]|2800|3164|fe0[0-9a-f]|feff|ffa0|e0[01][0-9a-f]{2})|#(?:917[5-9]|918|919)\d+|shy|ZeroWidthSpace|zwn?j|lrm|rlm|NoBreak|(?:Negative\w+|InvisibleTimes|InvisibleComma|ApplyFunction|af|it|ic));/gi;

/** Elements whose content a reader never sees, or only after a click. */
const unseen =
  /^(?:script|style|template|noscript|iframe|object|embed|svg|head|title|textarea|select|audio|video|canvas|rp)$/;
const hiding =
  /\s(?:hidden|inert)(?=[\s=/]|$)|aria-hidden\s*=\s*["']?true|style\s*=[^>]*(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|opacity\s*:\s*0|font-size\s*:\s*[01](?![.\d])|(?:^|[^-])color\s*:\s*(?:white|transparent|#f{3,8}\b|rgba?\()|(?:width|height)\s*:\s*[01](?:px)?\s*[;"']|(?:left|top|text-indent)\s*:\s*-\d{3,})/i;
const empty = /^(?:img|br|hr|input|meta|link|wbr|area|base|col|source|track|embed)$/;

/**
 * Takes out of Markdown, its fenced blocks left alone, what its HTML hides: comments, also nested, unterminated or written with
 * entities; elements that are hidden or folded; attributes; invisible entities. Code in backticks stays as it is.
 */
export function withoutHiddenHtml(text: string, zones: readonly Zone[], count: Count): string {
  const comments = pairComments(text, zones);
  const closings = pairElements(text, zones);
  const zoneAt = zoneFinder(zones);
  let out = "";
  let at = 0;
  let paragraphEnd = -1;
  const skip = (from: number, to: number, kind: string) => {
    out += `${visible(text.slice(at, from), count)} `;
    at = to;
    token.lastIndex = to;
    count(kind);
  };
  token.lastIndex = 0;
  for (let match = token.exec(text); match; match = token.exec(text)) {
    const { ticks, comment, declaration, name, close, attributes: rest = "" } = match.groups ?? {};
    const from = match.index;
    const zone = zoneAt(from);
    if (zone?.kind === "code") {
      out += visible(text.slice(at, zone.from), count) + text.slice(Math.max(at, zone.from), zone.to);
      at = token.lastIndex = zone.to;
    } else if (ticks !== undefined) {
      const end = from < paragraphEnd || zone?.kind === "html" ? -1 : spanEnd(text, from, ticks.length);
      if (end < 0) paragraphEnd = from < paragraphEnd ? paragraphEnd : blankLineAfter(text, from);
      else {
        out += visible(text.slice(at, from), count) + text.slice(from, end);
        at = token.lastIndex = end;
      }
    } else if (comment !== undefined) skip(from, comments.get(from) ?? text.length, "comment");
    else if (declaration !== undefined) skip(from, declarationEnd(text, from, declaration), "comment");
    else if (name !== undefined && close === "" && hides(name.toLowerCase(), rest)) {
      const alone = empty.test(name.toLowerCase()) || rest.trimEnd().endsWith("/");
      const kind = name.toLowerCase() === "details" ? "folded section" : "hidden element";
      skip(from, alone ? token.lastIndex : (closings.get(from) ?? text.length), kind);
    } else if (name !== undefined && (rest.replace("/", "").trim() !== "" || name.length > 24)) {
      const kept = keptAttribute(name.toLowerCase(), rest);
      out += visible(text.slice(at, from), count);
      out += name.length > 24 ? " " : `<${close}${name}${kept}>`;
      at = token.lastIndex;
      if (kept.length < rest.trimEnd().length) count("attribute");
    }
  }
  return out + visible(text.slice(at), count);
}

/** What is between two pieces of HTML: entities for what cannot be seen go. */
function visible(text: string, count: Count): string {
  return text.replace(invisibleEntity, () => {
    count("zero-width character");
    return " ";
  });
}

/** Where a link leads and that a section is open: the attributes that a reader gets to see. */
function keptAttribute(name: string, rest: string): string {
  if (name === "details") return " open";
  const link = /\s(href|src)\s*=\s*["']?(https?:\/\/[^\s"'<>]{1,300})/i.exec(rest);
  return link ? ` ${link[1]}="${link[2]}"` : "";
}

const hides = (name: string, rest: string) =>
  unseen.test(name) || hiding.test(rest) || (name === "details" && !/\sopen(?=[\s=/]|$)/i.test(rest));

/** Where each comment ends: at its own end if comments are nested, else at the first end, else with the text. */
function pairComments(text: string, zones: readonly Zone[]): Map<number, number> {
  const ends = new Map<number, number>();
  const open: number[] = [];
  const firstEnd: number[] = [];
  const zoneAt = zoneFinder(zones);
  for (const match of text.matchAll(commentMark)) {
    if (zoneAt(match.index)?.kind === "code") continue;
    const end = match.index + match[0].length;
    if (match[1] === undefined) {
      const start = open.pop();
      if (start !== undefined) ends.set(start, end);
      firstEnd.push(end);
    } else if (/(?:>|;)$/.test(match[1]) && !/(?:lt|60|3c);!--$/i.test(match[1])) ends.set(match.index, end);
    else open.push(match.index);
  }
  let next = firstEnd.length;
  for (const start of open.reverse()) {
    while (next > 0 && (firstEnd[next - 1] ?? 0) > start) next--;
    const end = firstEnd[next];
    if (end !== undefined) ends.set(start, end);
  }
  return ends;
}

/** Where each element ends that is closed; the nearest closing tag of the same name that is not another's. */
function pairElements(text: string, zones: readonly Zone[]): Map<number, number> {
  const ends = new Map<number, number>();
  const open = new Map<string, number[]>();
  const zoneAt = zoneFinder(zones);
  for (const match of text.matchAll(/<(\/?)([a-z][a-z0-9:-]*)(?=[\s/>])/gi)) {
    if (zoneAt(match.index)?.kind === "code") continue;
    const name = (match[2] ?? "").toLowerCase();
    const stack = open.get(name) ?? [];
    open.set(name, stack);
    if (match[1] === "") stack.push(match.index);
    else {
      const start = stack.pop();
      const end = text.indexOf(">", match.index);
      if (start !== undefined) ends.set(start, end < 0 ? text.length : end + 1);
    }
  }
  return ends;
}

function declarationEnd(text: string, from: number, mark: string): number {
  const closing = mark === "<?" ? "?>" : mark.startsWith("<![") ? "]]>" : ">";
  const end = text.indexOf(closing, from);
  return end < 0 ? text.length : end + closing.length;
}

/** The end of a code span that begins and ends on one line, else -1. */
function spanEnd(text: string, from: number, length: number): number {
  const lineEnd = text.indexOf("\n", from) < 0 ? text.length : text.indexOf("\n", from);
  const line = text.slice(from + length, lineEnd);
  for (const match of line.matchAll(/`+/g))
    if (match[0].length === length) return from + length + match.index + length;
  return -1;
}

function blankLineAfter(text: string, from: number): number {
  const blank = text.indexOf("\n\n", from);
  return blank < 0 ? text.length : blank;
}
