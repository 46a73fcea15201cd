import type { Count } from "./removed.ts";
import type { Zone } from "./zones.ts";

const quote = /^[ \t>]*/;
const item = /^[ \t>]*(?:[-*+]|\d{1,9}[.)])[ \t]+/;
const container = /^[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*/;
const rule = /^\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?$/;
const wall = /(?<!\\)\|/;

/**
 * Takes out of tables what stands behind their last column, which GitHub does not show, and backticks that pair across
 * cells: these are told apart first, so what is between is no code. https://github.github.com/gfm/#tables-extension-
 */
export function withoutHiddenCells(text: string, zones: readonly Zone[], count: Count): string {
  return zones
    .map(({ kind, from, to }) => {
      const part = text.slice(from, to);
      return kind === "text" && part.includes("|") ? tables(part.split("\n"), count).join("\n") : part;
    })
    .join("");
}

function tables(lines: readonly string[], count: Count): string[] {
  let columns = 0;
  return lines.map((line, i) => {
    if (line.replace(quote, "") === "" || item.test(line)) columns = 0;
    if (columns === 0 && rule.test((lines[i + 1] ?? "").replace(quote, "").trim())) {
      const wanted = cellsOf(lines[i + 1] ?? "", quote).length;
      if (cellsOf(line, container).length === wanted) columns = wanted;
    }
    return columns === 0 ? line : row(line, columns, count);
  });
}

const cellsOf = (line: string, before: RegExp): string[] =>
  line
    .replace(before, "")
    .trim()
    .replace(/^\||(?<!\\)\|$/g, "")
    .split(wall);

function row(line: string, columns: number, count: Count): string {
  const [before = ""] = container.exec(line) ?? [];
  const parts = line.slice(before.length).split(wall);
  const last = columns + (parts[0]?.trim() === "" ? 1 : 0);
  if (parts.slice(last).some((cell) => cell.trim() !== "")) count("table cell");
  const kept = parts.slice(0, last).map(withoutLoneTicks).join("|");
  return `${before}${kept}${parts.length > last ? "|" : ""}`;
}

/** Without the backticks that have no partner here. */
function withoutLoneTicks(cell: string): string {
  const runs = [...cell.matchAll(/(?<!\\)`+/g)].map(({ 0: ticks, index }) => ({ ticks, index }));
  let out = "";
  let at = 0;
  for (let i = 0; i < runs.length; i++) {
    const { ticks, index } = runs[i] as (typeof runs)[number];
    let partner = i + 1;
    while (partner < runs.length && runs[partner]?.ticks !== ticks) partner++;
    if (partner < runs.length) {
      i = partner;
      continue;
    }
    out += cell.slice(at, index);
    at = index + ticks.length;
  }
  return out + cell.slice(at);
}
