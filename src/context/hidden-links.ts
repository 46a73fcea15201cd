import { codeFinder } from "./code-spans.ts";
import type { Count } from "./removed.ts";

/** Text within a paragraph, up to a mark that is not escaped. */
const upTo = (marks: string) => `(?:\\\\[^]|(?!\\n[ \\t>]*\\n)[^\\\\${marks}])`;
const name = `\\[(?!\\^)(${upTo("[\\]")}{1,999})\\]`;
const title = `(?:"${upTo('"')}*"|'${upTo("'")}*'|\\(${upTo("()")}*\\))`;
const gap = "[ \\t]*(?:\\n[ \\t>]*)?";
/** Also in quotes and lists, as deep as these may be. */
const definition = new RegExp(
  `^([ \\t>]*(?:(?:[-*+]|\\d{1,9}[.)])[ \\t]+)*)${name}:${gap}(<[^<>\\n]*>|[^\\s<]\\S{0,1999})((?:[ \\t]+|[ \\t]*\\n[ \\t>]*)${title})?[ \\t]*$`,
  "gm",
);
const labelled = new RegExp(name, "g");
const labelledLink = new RegExp(`\\]${name}`, "g");
const titled = new RegExp(
  `(\\]\\([ \\t]*(?:<[^<>\\n]*>|[^\\s\\[\\]<>]{1,2000}))\\s{1,9}${title}\\s{0,9}\\)`,
  "g",
);
const emptyLink = /(?<!!)\[\s{0,9}\]\([^()\s]{1,2000}\)/g;
const longestAlt = 100;
const longestLabel = 40;

/**
 * Takes out of Markdown what is to be seen nowhere of a link: definitions nobody uses, titles, labels, and what stands for an
 * image. All of a text at once, since code may stand within a title and is not seen there either.
 */
export function withoutHiddenLinks(text: string, { seen, targets }: Labels, count: Count): string {
  const gone = (kind: string) => {
    count(kind);
    return " ";
  };
  const plain = text.replace(
    definition,
    (whole, before: string, label: string, target: string, title?: string) => {
      if (targets.has(normal(label))) return gone("link label");
      if (!seen.has(normal(label)) || target.startsWith("#")) return gone("link definition");
      if (title === undefined) return whole;
      count("link title");
      return `${before}[${label}]: ${target}`;
    },
  );
  const bare = outsideCode(plain, labelledLink, (whole, label) => {
    const target = targets.get(normal(label));
    return target === undefined ? whole : `](${target})`;
  });
  const untitled = outsideCode(bare, titled, (_whole, link) => {
    count("link title");
    return `${link})`;
  });
  return withoutLongImageTexts(
    outsideCode(untitled, emptyLink, () => gone("link without text")),
    count,
  );
}

/** Replaces what does not begin in code; `put` gets the match and its first group. */
function outsideCode(text: string, what: RegExp, put: (whole: string, first: string) => string): string {
  const isCode = codeFinder(text);
  return text.replace(what, (...match) => {
    const at = match.find((one): one is number => typeof one === "number") ?? 0;
    return isCode(at) ? match[0] : put(match[0], match[1] ?? "");
  });
}

/** Cuts what stands for an image where that is not shown, however many brackets are in it. */
function withoutLongImageTexts(text: string, count: Count): string {
  const isCode = codeFinder(text);
  const open: number[] = [];
  let out = "";
  let at = 0;
  for (const { 0: mark, index } of text.matchAll(/\\.|!?\[|\]/gs)) {
    if (mark.startsWith("\\") || isCode(index)) continue;
    if (mark !== "]") {
      open.push(index);
      continue;
    }
    const from = open.pop() ?? -1;
    const isImage = from >= at && text[from] === "!" && /[([]/.test(text[index + 1] ?? "");
    if (!isImage || index - from - 2 <= longestAlt) continue;
    count("image text");
    // Half a piece of code would begin another one.
    out += text.slice(at, from + 2) + text.slice(from + 2, from + 2 + longestAlt).replaceAll("`", "'");
    at = index;
  }
  return out + text.slice(at);
}

const normal = (label: string) => label.trim().replace(/\s+/g, " ").toLowerCase();

/** What definitions of links are called. */
export interface Labels {
  /** Names that something refers to, and that a reader sees or that are too short to say anything. */
  readonly seen: ReadonlySet<string>;
  /** Where those lead that stand only behind a link's text, where nobody sees them. */
  readonly targets: ReadonlyMap<string, string>;
}

export function labelsOf(text: string): Labels {
  const seen = new Set<string>();
  const unseen = new Set<string>();
  const rest = text.replace(definition, " ");
  for (const { 1: label = "", index } of rest.matchAll(labelled)) {
    const isBehind = rest[index - 1] === "]" && (label.length > longestLabel || /\s/.test(label.trim()));
    (isBehind ? unseen : seen).add(normal(label));
  }
  const targets = new Map<string, string>();
  for (const [, , label = "", target = ""] of text.matchAll(definition)) {
    const key = normal(label);
    if (unseen.has(key) && !seen.has(key) && !targets.has(key)) targets.set(key, target);
  }
  return { seen, targets };
}
