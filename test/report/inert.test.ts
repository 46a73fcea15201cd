import { expect, test } from "@jest/globals";
import fc from "fast-check";
import type { Nodes } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";
import { block, cell, code, inert, inertLine } from "../../src/report/inert.ts";

test.each([
  ["an image", "![x](https://evil.example/p.png)", "`https://evil.example/p.png`"],
  ["a link", "see [docs](https://evil.example/)", "see docs `https://evil.example/`"],
  ["a bare URL", "go to https://evil.example/x now", "go to `https://evil.example/x` now"],
  ["an autolink", "<https://evil.example/x>", "`https://evil.example/x` `https://evil.example/x`"],
  ["a mention", "ping @octocat and @org/team", "ping `@octocat` and `@org/team`"],
  [
    "a closing keyword",
    "closes #999, fixes other/repo#7, GH-5",
    "closes `#999`, fixes `other/repo#7`, `GH-5`",
  ],
  ["HTML", "a <img src=x onerror=y> b", "a `<img src=x onerror=y>` b"],
  ["a comment", "<!-- firstdraft:issue-1 -->", "`<!-- firstdraft:issue-1 -->`"],
  ["a reference definition", "[a]: https://evil.example", "`https://evil.example`"],
  ["a diagram with links", '```mermaid\nclick A "x:y"\n```', '```text\nclick A "x:y"\n```'],
  ["half a character", "a\ud83d", "a\ufffd"],
  ["terminal codes", "\u001b[31mred\u001b[0m", "red"],
])("%s in a model's words does nothing", (_, given, expected) => {
  expect(inert(given)).toBe(expected);
});

test("ordinary Markdown stays readable", () => {
  const text = "Adds **carry** to `add()`.\n\n- one\n- two\n\n```js\nconst a = b < c;\n```";
  expect(inert(text)).toBe(text);
});

test("whatever the text, no mention, image, raw HTML or bare link is left outside of code", () => {
  const piece = fc.constantFrom(
    "@octocat",
    "<b>",
    "![a](b)",
    "`",
    "\\",
    "\n",
    " ",
    "https://e.example",
    "[",
    "](",
    "#9",
    "*",
    "~~~",
    "text",
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
      const nodes = all(fromMarkdown(inert(pieces.join(""))));
      expect(
        nodes.map((node) => node.type).filter((type) => /html|image|link|definition/i.test(type)),
      ).toEqual([]);
      const prose = nodes.map((node) => (node.type === "text" ? node.value : "")).join("\n");
      expect(prose).not.toMatch(/(^|\W)@octocat|https:\/\/|#9/m);
    }),
    { numRuns: 500 },
  );
});

test("one line of foreign text behind our own words begins no block and leaves none open", () => {
  const piece = fc.constantFrom(
    ...[
      "```",
      "~~~js",
      "# ",
      "- ",
      "1. ",
      "> ",
      "| a |",
      "|---|",
      "\n",
      "\n\n",
      "<!--",
      "<div>",
      "</details>",
    ],
    ...["    ", "***", "`", "[a]: b", "=", "text", " ", "@octocat"],
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
      const line = inertLine(pieces.join(""));
      expect(line).not.toContain("\n");
      const root = fromMarkdown(`Words: ${line}\n\n- item ${line}\n\nafter`);
      expect(root.children.map(({ type }) => type)).toEqual(["paragraph", "list", "paragraph"]);
      const nodes = all(root);
      expect(nodes.filter(({ type }) => type === "html")).toEqual([]);
      const prose = nodes.map((node) => (node.type === "text" ? node.value : "")).join("\n");
      expect(prose).not.toMatch(/(^|\W)@octocat/m);
    }),
    { numRuns: 1_000 },
  );
});

test("no block of foreign text is ended by characters that come together where a control character was", () => {
  const text = "before\n``\u0001`\n# **Verified** @acme/all ![x](https://evil.example/x)";
  expect(block(text)).toBe(`\`\`\`\`text\n${text.replace("\u0001", "")}\n\`\`\`\``);
});

test("a block of foreign text may hold any number of backticks", () => {
  expect(block("`a".repeat(200_000))).toMatch(/^```text\n(`a)+\n```$/);
});

test("foreign text as code stays one piece of code, in a table too", () => {
  expect(code("a `b` c")).toBe("``a `b` c``");
  expect(code("`x`")).toBe("`` `x` ``");
  expect(cell("a|b\nc")).toBe("`a\\|b c`");
  expect(code("x".repeat(500), 10)).toBe("`xxxxxxxxx…`");
  expect(code("12345678\u{1f600}9", 10)).toBe("`12345678\ufffd…`");
});

function all(node: Nodes): Nodes[] {
  return [node, ...("children" in node ? node.children.flatMap(all) : [])];
}
