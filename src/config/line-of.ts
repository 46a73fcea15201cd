import { type Document, isMap, isNode, isPair, isScalar, type LineCounter } from "yaml";

/** The line (from 1) where the key or item at `place` stands; that of its nearest parent if it has none. */
export function lineOf(document: Document, lines: LineCounter, place: readonly string[]): number {
  for (let length = place.length; length > 0; length--) {
    const parent =
      length === 1 ? document.contents : document.getIn(place.slice(0, length - 1).map(index), true);
    const name = place[length - 1];
    const pair = isMap(parent)
      ? parent.items.find((item) => isPair(item) && isScalar(item.key) && String(item.key.value) === name)
      : undefined;
    const node = pair?.key ?? document.getIn(place.slice(0, length).map(index), true);
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
  }
  return 1;
}

const index = (part: string) => (/^\d+$/.test(part) ? Number(part) : part);
