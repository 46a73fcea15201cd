/** A part of a pull request's text that is written anew while the rest stays, whoever wrote that. */
const begin = "<!-- firstdraft:checks -->";
const end = "<!-- firstdraft:checks-end -->";
const ours = new RegExp(`\\n\\n${begin}\\n[^]*?\\n${end}(?=\\n\\n(?:<!-- firstdraft:[a-z\\d-]+ -->\\n?)+$)`);
const markers = /\n\n(?:<!-- firstdraft:[a-z\d-]+ -->\n?)+$/;

/** The text with this part in the place of the one that is there, else right above our markers; without markers as it is. */
export function withPartOf(body: string, part: string): string {
  const text = `${body.replaceAll("\r", "").trimEnd()}\n`;
  const at = markers.exec(text)?.index;
  if (at === undefined) return body;
  // What looks like ours further up may be a model's.
  const from = text.lastIndexOf(`\n\n${begin}\n`, at);
  const known = from >= 0 && ours.test(text.slice(from)) && text.slice(from).search(ours) === 0;
  const above = known ? text.slice(0, from) : text.slice(0, at);
  return `${above}\n\n${begin}\n${part}\n${end}${text.slice(at)}`;
}
