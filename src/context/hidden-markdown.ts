import type { Count } from "./removed.ts";

const title = `(?:"[^"]*"|'[^']*'|\\([^()]*\\))`;
const definition = new RegExp(
  `^ {0,3}\\[(?!\\^)([^\\[\\]\\n]{1,999})\\]:[ \\t]*\\n?[ \\t]*(<[^<>\\n]*>|[^\\s<]\\S{0,1999})(?:[ \\t]*\\n?[ \\t]+${title}|[ \\t]*\\n${title})?[ \\t]*$`,
  "gm",
);
const titled = new RegExp(
  `(\\]\\([ \\t]*(?:<[^<>\\n]*>|[^\\s\\[\\]<>]{1,2000}))\\s{1,9}${title}\\s{0,9}\\)`,
  "g",
);
const image = /!\[([^[\]]{101,})\]\(/g;
const math = /\$[^$]+\$/g;
const invisibleMath =
  /\\(?:(?:text|page|f)?color(?:box)?\s*(?:\[[^\]]*\])?\s*\{?\s*(?:white|transparent|snow|ivory|azure|ghostwhite|#f)|[hv]?phantom|transparent|rlap|llap|smash|hspace|kern)/i;
const dataUri = /\bdata:[\w/+.-]{0,100};base64,[\w+/=]*/gi;
const longBase64 = /[A-Za-z0-9+/_-]{40,}={0,2}/g;

/** Takes out of Markdown outside of code what its own notation hides: definitions nobody uses, titles, unseen formulas. */
export function withoutHiddenMarkdown(text: string, used: ReadonlySet<string>, count: Count): string {
  const gone = (kind: string) => {
    count(kind);
    return " ";
  };
  return text
    .replace(dataUri, () => gone("embedded data"))
    .replace(longBase64, (run) => (readsAsText(run) ? gone("encoded text") : run))
    .replace(math, (formula) => (invisibleMath.test(formula) ? gone("invisible formula") : formula))
    .replace(definition, (whole, label: string, target: string) => {
      if (!used.has(normal(label)) || target.startsWith("#")) return gone("link definition");
      const plain = `[${label}]: ${target}`;
      if (whole.trim() === plain) return whole;
      count("link title");
      return plain;
    })
    .replace(titled, (_whole, link: string) => {
      count("link title");
      return `${link})`;
    })
    .replace(image, (_whole, alt: string) => {
      count("image text");
      return `![${alt.slice(0, 100)}](`;
    });
}

/** A rendered block, e.g. a diagram, hides its comments though it is fenced. */
export function withoutHiddenInRendered(text: string, language: string, count: Count): string {
  if (language === "math" && invisibleMath.test(text)) {
    count("invisible formula");
    return "\n";
  }
  if (language !== "mermaid") return text;
  return text.replace(/^[ \t]*%%.*$/gm, () => {
    count("comment");
    return "";
  });
}

const normal = (label: string) => label.trim().replace(/\s+/g, " ").toLowerCase();

/** The labels that something in the text refers to. */
export function usedLabels(text: string): Set<string> {
  const used = new Set<string>();
  for (const [, label = ""] of text.replace(definition, " ").matchAll(/\[([^[\]\n]{1,999})\]/g))
    used.add(normal(label));
  return used;
}

/** Base64 that decodes to words is a message that nobody reads; a hash or a key is not. */
function readsAsText(run: string): boolean {
  const decoded = Buffer.from(run, "base64").toString("latin1");
  const plain = decoded.match(/[\x20-\x7e\n]/g)?.length ?? 0;
  return plain >= decoded.length * 0.95 && / /.test(decoded);
}
