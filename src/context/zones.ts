/** A run of lines of Markdown, and how the reader gets to see them. */
export interface Zone {
  /** `code`: a fenced block, shown as it is. `html`: a block where backticks mean nothing. `text`: all else. */
  readonly kind: "code" | "html" | "text";
  readonly from: number;
  readonly to: number;
  /** First word behind the opening fence, in lower case. */
  readonly language?: string;
}

const opening = /^( {0,3})(`{3,}(?=[^`]*$)|~{3,})[ \t]*(\S*)/;
/** A fence in a list, behind a tab or so far in that what is around it decides. */
const unclear = /^(?:[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t].*?(?:```|~~~)|(?= {4}| *\t)[ \t]*(?:```|~~~))/;
const htmlBlock = /^ {0,3}<[a-z/!?]/i;
const rawBlock = /^ {0,3}<(pre|script|style|textarea)(?:[\s>]|$)/i;

interface State {
  readonly kind: Zone["kind"];
  /** The fence that began it. */
  readonly mark?: string;
  readonly indent?: number;
  readonly language?: string;
  /** What ends a block of HTML; a blank line if there is nothing else. */
  readonly end?: RegExp;
}

const plain: State = { kind: "text" };

/**
 * Divides Markdown into zones, https://spec.commonmark.org/0.31.2/#fenced-code-blocks. Whether a line is code decides
 * whether a comment in it can be seen, so in doubt it is not: from the first unclear fence on, nothing is.
 */
export function zonesOf(text: string): Zone[] {
  const zones: Zone[] = [];
  let state = plain;
  let doubt = false;
  let from = 0;
  let at = 0;
  const change = (to: number, next: State) => {
    const { kind, language } = state;
    if (to > from) zones.push({ kind, from, to, ...(language === undefined ? {} : { language }) });
    from = to;
    state = next;
  };
  for (const line of text.split(/(?<=\n)/)) {
    const bare = line.replace(/\n$/, "");
    const next = at + line.length;
    if (state.kind === "code") {
      const indent = bare.length - bare.trimStart().length;
      if (closes(bare, state.mark ?? "")) change(next, plain);
      else if (bare !== "" && indent < (state.indent ?? 0)) {
        doubt = true; // in a list this line ends the block, elsewhere it does not
        state = plain;
      }
    } else if (state.kind === "html") {
      if (state.end ? state.end.test(bare) : bare.trim() === "") change(next, plain);
    } else {
      const begun = beginning(bare, doubt);
      if (begun) change(at, begun);
      else if (unclear.test(bare)) doubt = true;
      if (begun?.end?.test(bare)) change(next, plain);
    }
    at = next;
  }
  change(at, plain);
  return zones;
}

function beginning(line: string, doubt: boolean): State | null {
  const raw = rawBlock.exec(line)?.[1];
  if (raw !== undefined) return { kind: "html", end: new RegExp(`</${raw}`, "i") };
  if (htmlBlock.test(line)) return { kind: "html" };
  const [, indent = "", mark, language = ""] = doubt ? [] : (opening.exec(line) ?? []);
  return mark === undefined
    ? null
    : { kind: "code", mark, indent: indent.length, language: language.toLowerCase() };
}

function closes(line: string, mark: string): boolean {
  const trimmed = line.trim();
  return (
    /^ {0,3}[`~]/.test(line) &&
    trimmed.length >= mark.length &&
    /^(`+|~+)$/.test(trimmed) &&
    trimmed[0] === mark[0]
  );
}

/** Answers in which zone a position is; asked from left to right. */
export function zoneFinder(zones: readonly Zone[]): (at: number) => Zone | undefined {
  let index = 0;
  return (at) => {
    while (index < zones.length && (zones[index]?.to ?? 0) <= at) index++;
    return zones[index];
  };
}
