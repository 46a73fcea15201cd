import { wholeLines } from "./marker.ts";

/** A part of a pull request's text that is written anew while the rest stays, whoever wrote that. */
const begin = "<!-- firstdraft:checks -->";
const end = "<!-- firstdraft:checks-end -->";
const ours = new RegExp(`\\n\\n${begin}\\n[^]*?\\n${end}(?=\\n\\n(?:<!-- firstdraft:[a-z\\d-]+ -->\\n?)+$)`);
const markers = /\n\n(?:<!-- firstdraft:[a-z\d-]+ -->\n?)+$/;

/** Characters that GitHub takes. */
const longest = 65_536;

/** The text with this part in the place of the one that is there, else right above our markers; without markers as it is. */
export function withPartOf(body: string, part: string): string {
  const text = `${body.replaceAll("\r", "").trimEnd()}\n`;
  const at = markers.exec(text)?.index;
  if (at === undefined) return body;
  // What looks like ours further up may be a model's.
  const from = text.lastIndexOf(`\n\n${begin}\n`, at);
  const known = from >= 0 && ours.test(text.slice(from)) && text.slice(from).search(ours) === 0;
  const above = known ? text.slice(0, from) : text.slice(0, at);
  const below = `\n\n${begin}\n${part}\n${end}${text.slice(at)}`;
  return `${wholeLines(above, longest - below.length)}${below}`;
}

/** The part that stands in a text; null: none. */
export function partOf(body: string): string | null {
  const text = `${body.replaceAll("\r", "").trimEnd()}\n`;
  const at = markers.exec(text)?.index;
  const from = at === undefined ? -1 : text.lastIndexOf(`\n\n${begin}\n`, at);
  if (from < 0 || text.slice(from).search(ours) !== 0) return null;
  return text.slice(from + begin.length + 3, text.indexOf(`\n${end}`, from));
}
