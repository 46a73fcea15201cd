import type { Nodes, Parents, PhrasingContent, Root, Text } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";
import { toMarkdown } from "mdast-util-to-markdown";
import { plain } from "../log/plain.ts";

/** What GitHub would act on inside ordinary text: links, mentions, references that close or notify. */
const active =
  /(?:(?:https?|ftp):\/\/|www\.)[^\s<>]+|[\w.+-]*@[a-z\d][\w./@-]*|(?:[\w.-]+\/[\w.-]+)?#\d+|\bGH-\d+/gi;

const drawn = /^(?:mermaid|geojson|topojson|stl|math)$/i;

/**
 * Markdown from a model or a stranger, kept readable and made harmless: no HTML, no images, no links, no mentions, no
 * closing of issues. What would have acted is shown as code.
 */
export function inert(markdown: string, maxCharacters = 4000): string {
  const text = plain(markdown).slice(0, maxCharacters).toWellFormed();
  const root = fromMarkdown(text);
  disarm(root);
  return toMarkdown(root, { bullet: "-", emphasis: "_" }).trim();
}

/** The same in one line, to stand behind words of ours: so it begins no block, and leaves none open. */
export function inertLine(markdown: string, maxCharacters?: number): string {
  const line = markdown.replace(/\s+/g, " ").trim();
  return inert(line, maxCharacters).replace(/\s*\n\s*/g, " ");
}

/** One line of foreign text as inline code: nothing in it can act. */
export function code(text: string, maxCharacters = 120): string {
  const line = plain(text).replace(/\s+/g, " ").trim();
  const short = line.length > maxCharacters ? `${line.slice(0, maxCharacters - 1).toWellFormed()}…` : line;
  const fence = "`".repeat(longestRun(short) + 1);
  const pad = short.startsWith("`") || short.endsWith("`") ? " " : "";
  return short === "" ? "" : `${fence}${pad}${short}${pad}${fence}`;
}

/** The same inside a table, where a bar would end the cell. */
export function cell(text: string, maxCharacters?: number): string {
  return code(text, maxCharacters).replaceAll("|", "\\|");
}

/** Foreign text of several lines as a code block. */
export function block(text: string): string {
  const shown = plain(text);
  const fence = "`".repeat(Math.max(3, longestRun(shown) + 1));
  return `${fence}text\n${shown}\n${fence}`;
}

function longestRun(text: string): number {
  return [...text.matchAll(/`+/g)].reduce((longest, { 0: run }) => Math.max(longest, run.length), 0);
}

function disarm(parent: Parents): void {
  const children = parent.children as Nodes[];
  const disarmed = children.flatMap((child): Nodes[] => {
    if (child.type === "text") return disarmText(child);
    if (child.type === "html")
      return isBlockParent(parent) ? [paragraph(child.value)] : [inline(child.value)];
    if (child.type === "image") return [inline(child.url)];
    if (child.type === "imageReference" || child.type === "linkReference") return [inline(child.label ?? "")];
    if (child.type === "definition") return [paragraph(child.url)];
    // What GitHub draws from a block (a diagram, a map, a formula) may hold links of its own.
    if (child.type === "code")
      return [{ ...child, lang: drawn.test(child.lang ?? "") ? "text" : child.lang, meta: null }];
    if (child.type === "link") {
      disarm(child);
      return [...child.children, { type: "text", value: " " }, inline(child.url)];
    }
    if ("children" in child) disarm(child);
    return [child];
  });
  (parent as { children: Nodes[] }).children = disarmed.reduce<Nodes[]>(joinCode, []);
}

/** Two pieces of code side by side would read as something else: "`a``b`" is one piece. */
function joinCode(done: Nodes[], next: Nodes): Nodes[] {
  const last = done.at(-1);
  if (last?.type !== "inlineCode" || next.type !== "inlineCode") return [...done, next];
  return [...done.slice(0, -1), inline(last.value + next.value)];
}

function disarmText(node: Text): PhrasingContent[] {
  const parts: PhrasingContent[] = [];
  let last = 0;
  for (const match of node.value.matchAll(active)) {
    if (match.index > last) parts.push({ type: "text", value: node.value.slice(last, match.index) });
    parts.push(inline(match[0]));
    last = match.index + match[0].length;
  }
  if (last < node.value.length) parts.push({ type: "text", value: node.value.slice(last) });
  return parts;
}

const inline = (value: string): PhrasingContent => ({
  type: "inlineCode",
  value: value.replace(/\s+/g, " ") || " ",
});
const paragraph = (value: string): Nodes => ({ type: "paragraph", children: [inline(value)] });
const isBlockParent = (parent: Parents | Root): boolean =>
  ["root", "blockquote", "listItem", "footnoteDefinition"].includes(parent.type);
