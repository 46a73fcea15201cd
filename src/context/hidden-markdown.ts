import type { Count } from "./removed.ts";

const math = /\$[^$]+\$/g;
/** As GitHub takes it for a formula, and not for two prices. */
const strictMath = /^\$(?=\S)[^$]*?(?<=\S)\$$/;
const invisibleMath =
  /\\(?:(?:text|page|f)?color(?:box)?\s*(?:\[|\{?\s*(?:white|transparent|snow|ivory|azure|ghostwhite|#f))|[hv]?phantom|transparent|rlap|llap|smash|[hm]space|m?kern|[hm]skip|raise(?:box)?|lower|move(?:left|right)|mmltoken)/i;
/** What TeX does not read, and commands whose words it does not show. */
const mathTrick =
  /(?<!\\)%[^\n]*[^\s$]|\\(?:definecolor|[egx]?def|(?:re)?newcommand|style|class|cssId|mathchoice|toggle|texttip)(?![A-Za-z])/;
const dataUri = /\bdata:[\w/+.-]{0,100};base64,[\w+/=]*/gi;
const longBase64 = /[A-Za-z0-9+/_-]{40,}={0,2}/g;

/** Takes out of Markdown outside of code what says something to machines alone: embedded data, and formulas that show nothing. */
export function withoutHiddenMarkdown(text: string, count: Count): string {
  const gone = (kind: string) => {
    count(kind);
    return " ";
  };
  return text
    .replace(dataUri, () => gone("embedded data"))
    .replace(longBase64, (run) => (readsAsText(run) ? gone("encoded text") : run))
    .replace(math, (formula, at: number, all: string) =>
      hidesInMath(formula, all[at - 1], all[at + formula.length]) ? gone("invisible formula") : formula,
    );
}

function hidesInMath(formula: string, before = "", next = ""): boolean {
  if (invisibleMath.test(formula)) return true;
  const isMath = before === "$" || (strictMath.test(formula) && !/\w/.test(next));
  return isMath && mathTrick.test(formula);
}

/** A formula in backticks between dollars is none of code's. */
export function withoutHiddenFormulas(text: string, count: Count): string {
  return text.replace(/\$`[^`\n]+`\$/g, (formula) => {
    if (!invisibleMath.test(formula) && !mathTrick.test(formula)) return formula;
    count("invisible formula");
    return " ";
  });
}

/** A rendered block, e.g. a diagram, hides its comments though it is fenced. */
export function withoutHiddenInRendered(text: string, language: string, count: Count): string {
  if (language === "math" && (invisibleMath.test(text) || mathTrick.test(text))) {
    count("invisible formula");
    return "\n";
  }
  if (language !== "mermaid") return text;
  return text.replace(
    /^[ \t]*(?:%%.*|acc(?:Title|Descr)[ \t]*:.*|accDescr\s*\{[^}]*\}?|click[ \t].*)$/gm,
    () => {
      count("comment");
      return "";
    },
  );
}

/** Base64 that decodes to words is a message that nobody reads; a hash or a key is not. */
function readsAsText(run: string): boolean {
  const decoded = Buffer.from(run, "base64").toString("latin1");
  const plain = decoded.match(/[\x20-\x7e\n]/g)?.length ?? 0;
  return plain >= decoded.length * 0.95 && / /.test(decoded);
}
