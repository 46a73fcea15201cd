import { aroundCode } from "./code-spans.ts";
import { withoutHiddenCells } from "./hidden-cells.ts";
import { withoutHiddenHtml } from "./hidden-html.ts";
import { type Labels, labelsOf, withoutHiddenLinks } from "./hidden-links.ts";
import { withoutHiddenFormulas, withoutHiddenInRendered, withoutHiddenMarkdown } from "./hidden-markdown.ts";
import { withoutUnusedNotes } from "./hidden-notes.ts";
import { withoutInvisible } from "./invisible.ts";
import { type Count, type Removed, tally } from "./removed.ts";
import { zonesOf } from "./zones.ts";

/** Characters of one text that are read; GitHub's own limit for an issue or a comment is 65,536. */
export const maxTextChars = 65_536;
/** Hidden text may be wrapped in hidden text; after this many layers what is left is shown as it is. */
const maxLayers = 6;

export interface Sanitised {
  readonly text: string;
  readonly removed: readonly Removed[];
}

/**
 * The text as a person reads it on GitHub: without all that is there but cannot be seen. Says what was taken out. In
 * fenced code comments stay, since they are seen there; what has no shape at all goes everywhere.
 */
export function sanitise(text: string, maxChars = maxTextChars): Sanitised {
  const { count, removed } = tally();
  let current = cut(text, maxChars, count).toWellFormed();
  for (let layer = 0; layer < maxLayers; layer++) {
    const before = current;
    current = once(current, count);
    if (current === before) break;
  }
  return { text: current, removed: removed() };
}

function once(text: string, count: Count): string {
  const seen = withoutInvisible(text, count)
    .replace(/[^\S\n]{100,}/g, () => padding(count))
    .replace(/[^\S\n]+$/gm, "")
    .replace(/\n{12,}/g, () => `${padding(count).trim()}\n\n`);
  const cells = withoutHiddenCells(seen, zonesOf(seen), count);
  const noted = withoutHiddenHtml(cells, zonesOf(cells), count);
  const shown = withoutUnusedNotes(noted, zonesOf(noted), count);
  const labels = labelsOf(shown);
  return zonesOf(shown)
    .map(({ kind, from, to, language }) => {
      const part = shown.slice(from, to);
      return kind === "code"
        ? withoutHiddenInRendered(plainFence(part, count), language ?? "", count)
        : outsideCode(part, labels, count);
    })
    .join("");
}

function padding(count: Count): string {
  count("padding");
  return "  ";
}

/** Behind a fence only the language is shown, by its colours. */
function plainFence(text: string, count: Count): string {
  return text.replace(
    /^( {0,3}(?:`{3,}|~{3,})[ \t]*)(\S{0,30})(\S*)([^\n]*)/,
    (_all, mark, word, tail, rest) => {
      if (`${tail}${rest}`.trim() !== "") count("fence text");
      return `${mark}${word}`;
    },
  );
}

/** Code spans were left alone before; here too. */
function outsideCode(text: string, labels: Labels, count: Count): string {
  return aroundCode(withoutHiddenFormulas(withoutHiddenLinks(text, labels, count), count))
    .map((part, index) => (index % 2 === 1 ? part : withoutHiddenMarkdown(part, count)))
    .join("");
}

function cut(text: string, maxChars: number, count: Count): string {
  if (text.length <= maxChars) return text;
  const left = text.length - maxChars;
  const notice = `\n\n[cut here: ${left} more characters]`;
  count("characters beyond the limit", left + notice.length);
  return text.slice(0, maxChars - notice.length) + notice;
}
