import type { Count } from "./removed.ts";
import type { Zone } from "./zones.ts";

/** A footnote from its mark to the end of its paragraph, with what is indented below it. */
const note =
  /^[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*\[\^([^\s[\]]{1,999})\]:[^\n]*(?:\n(?![ \t>]*\[\^)[^\n]*[^\s>][^\n]*)*(?:(?:\n[ \t>]*)+\n[ \t>]*(?: {2}|\t)[^\n]*)*/gm;
/** Code, and what may be: in a line, what is indented, and from a backtick without a partner to the end of its paragraph. */
const code = /`[^`\n]+`|^(?: {4}| *\t).*$|`(?!\n[ \t>]*\n)(?:[^\n]|\n(?![ \t>]*\n))*/gm;
const mention = /(?<!\\)\[\^([^\s[\]]{1,999})\]/g;

/** Takes out the footnotes that nothing refers to, and a second one of the same name: GitHub shows neither. */
export function withoutUnusedNotes(text: string, zones: readonly Zone[], count: Count): string {
  if (!text.includes("[^")) return text;
  const parts = zones.map(({ kind, from, to }) => ({ kind, part: text.slice(from, to) }));
  const used = new Set<string>();
  for (const { kind, part } of parts)
    if (kind === "text")
      for (const [, name = ""] of part.replace(note, "\n").replace(code, "").matchAll(mention))
        used.add(name.toLowerCase());
  const shown = (part: string) =>
    part.replace(note, (whole, name: string) => {
      if (used.delete(name.toLowerCase())) return whole;
      count("footnote");
      return " ";
    });
  return parts.map(({ kind, part }) => (kind === "code" ? part : shown(part))).join("");
}
