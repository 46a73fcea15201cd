import { terminalCode } from "./plain.ts";

/** What somebody may make of a text by leaving out some of its characters. */
export interface View {
  readonly text: string;
  /** Where the view's character at a position stands in the text itself. */
  at(position: number): number;
}

const unseen =
  /[\p{Default_Ignorable_Code_Point}\u2028\u2029\uFFF9-\uFFFB\u{13430}-\u{1343F}\u{1D159}]|[^\P{Cc}\n\t]/gu;
// Also what a terminal's codes hold, as a link's address.
const unshown = new RegExp(`${terminalCode.source}|${unseen.source}`, "gu");

/** A text as a reader sees it and as a terminal shows it, where that is not the text itself. */
export function viewsOf(text: string): View[] {
  return [unseen, unshown].map((left) => without(text, left)).filter((view) => view.text !== text);
}

function without(text: string, left: RegExp): View {
  let places: Int32Array | null = null;
  const at = (position: number) => {
    places ??= placesOf(text, left);
    return places[position] ?? text.length;
  };
  return { text: text.replace(left, ""), at };
}

function placesOf(text: string, left: RegExp): Int32Array {
  const places = new Int32Array(text.length);
  let [from, length] = [0, 0];
  const keep = (to: number) => {
    while (from < to) places[length++] = from++;
  };
  for (const { index, 0: gone } of text.matchAll(left)) {
    keep(index);
    from = index + gone.length;
  }
  keep(text.length);
  return places;
}
