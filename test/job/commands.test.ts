import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { maxGuidance, parseCommand } from "../../src/job/commands.ts";

const parseRegenerate = (comment: string) => {
  const command = parseCommand(comment);
  return command?.name === "regenerate" ? command.guidance : null;
};

test.each([
  ["alone", "/regenerate", ""],
  ["with guidance", "/regenerate use a map", "use a map"],
  [
    "with lines below, from a browser",
    "/regenerate use a map\r\nand no loop\r\n\r\n- fast\r\n",
    "use a map\r\nand no loop\r\n\r\n- fast",
  ],
  ["below other text", "Thanks!\n/regenerate smaller", "smaller"],
  ["below code", "```js\nx\n```\n/regenerate smaller", "smaller"],
  ["slightly indented", "  /regenerate smaller", "smaller"],
  ["above a line that makes it a heading", "/regenerate smaller\n---", "smaller\n---"],
  ["below a fold", "<details>\n\nx\n\n</details>\n\n/regenerate smaller", "smaller"],
  ["below a comment that shows a tag", "<!-- <details> -->\n\n/regenerate smaller", "smaller"],
  ["within tags that show nothing", "<div align='left'>\n\n/regenerate smaller", "smaller"],
  ["with code as guidance", "/regenerate use `map`:\n```js\nx\n```", "use `map`:\n```js\nx\n```"],
  ["twice: the first counts", "/regenerate a\n/regenerate b", "a\n/regenerate b"],
])("a command: %s", (_, comment, guidance) => {
  expect(parseRegenerate(comment)).toBe(guidance);
});

test.each([
  ["within a line", "please /regenerate"],
  ["part of a longer word", "/regenerated"],
  ["part of a path", "/regenerate/all"],
  ["in capitals", "/Regenerate"],
  ["in a fence of backticks", "```\n/regenerate\n```"],
  ["in a fence of tildes", "~~~sh\n/regenerate\n~~~"],
  ["in a fence that nobody closed", "```\n/regenerate"],
  ["in a fence within a list", "- ```\n  /regenerate\n  ```"],
  ["in indented code", "    /regenerate"],
  ["in inline code", "`/regenerate`"],
  ["in inline code over two lines", "`a\n/regenerate b`"],
  ["in a quote", "> /regenerate"],
  ["in a quote that goes on without its sign", "> as you said\n/regenerate"],
  ["in a list", "- /regenerate"],
  ["in a heading", "# /regenerate"],
  ["in an HTML comment", "<!-- \n/regenerate\n-->"],
  ["in an HTML comment that nobody closed", "<!-- \n/regenerate"],
  ["in an HTML comment within a paragraph", "a <!-- \n/regenerate\n-->"],
  ["in preformatted HTML", "<pre>\n/regenerate\n</pre>"],
  ["between the tags of a quote", "<blockquote>\n\n/regenerate\n\n</blockquote>"],
  ["in a fold", "<details><summary>As it was</summary>\n\n/regenerate\n\n</details>"],
  ["in a fold that nobody closed", "a\n<DETAILS open>\n\nb\n\n/regenerate"],
  ["in a fold within a paragraph", "a <details> b\n/regenerate"],
  ["in a table of tags", "<table><tr><td>\n\n/regenerate\n\n</td></tr></table>"],
  ["escaped", "\\/regenerate"],
  ["after a character that nobody sees", "\u200b/regenerate"],
])("no command: %s", (_, comment) => {
  expect(parseRegenerate(comment)).toBeNull();
});

test.each([
  ["keep-tests", { keepTests: true }, ""],
  ["keep-tests use a map", { keepTests: true }, "use a map"],
  ["model=claude-opus-5 budget=2.50 smaller", { model: "claude-opus-5", usd: 2.5 }, "smaller"],
  ["budget=$3\nsmaller", { usd: 3 }, "smaller"],
  ["keep-tests force\r\nsmaller", { keepTests: true, force: true }, "smaller"],
  ["force", { force: true }, ""],
  // A sentence, not an option.
  ["force integers to be positive", {}, "force integers to be positive"],
  ["\nforce", {}, "force"],
  ["smaller, with keep-tests", {}, "smaller, with keep-tests"],
  ["timeout=5 is too much", {}, "timeout=5 is too much"],
  ["budget=lots", { unreadable: "budget=lots" }, ""],
  ["budget=0", { unreadable: "budget=0" }, ""],
  ["budget=-1", { unreadable: "budget=-1" }, ""],
  ["model=", { unreadable: "model=" }, ""],
  ["model=a;b smaller", { unreadable: "model=a;b" }, "smaller"],
])("the options of /regenerate %j", (text, options, guidance) => {
  expect(parseCommand(`/regenerate ${text}`)).toEqual({ name: "regenerate", options, guidance });
});

test("of the options /revise takes a model and a budget", () => {
  expect(parseCommand("/revise model=claude-opus-5 budget=1 smaller")).toEqual({
    ...{ name: "revise", options: { model: "claude-opus-5", usd: 1 }, guidance: "smaller" },
  });
  for (const guidance of ["keep-tests", "force", "smaller"])
    expect(parseCommand(`/revise ${guidance}`)).toEqual({ name: "revise", options: {}, guidance });
});

test.each([
  "/regenrate it",
  "/Regenerate",
  "/re-generate",
  "Hm.\n/cancle",
  "/help",
  "/firstdraft go",
  "/uses 1",
])("likely meant for us, but no command: %j", (comment) => {
  expect(parseCommand(comment)).toEqual({ name: "unknown" });
});

test.each(["/lgtm", "/retest", "/usr/bin/env", "/regenerate-all-of-it", "/home", "> /regenrate", "`/help`"])(
  "no matter of ours: %j",
  (comment) => {
    expect(parseCommand(comment)).toBeNull();
  },
);

test("a command counts, whatever stands above it", () => {
  expect(parseCommand("/help\n\n/cancle\n\n/use 2")).toEqual({ name: "use", attempt: 2 });
});

test("guidance is capped", () => {
  const guidance = parseRegenerate(`/regenerate ${"x".repeat(maxGuidance + 1)}`);
  expect(guidance).toHaveLength(maxGuidance);
  expect(guidance?.endsWith("x…")).toBe(true);
});

// Where time grew with the square, all of them would take longer than a test may.
test("every text of a comment's greatest length is read to its end, but for what nobody writes", () => {
  const read = (piece: string) => parseRegenerate(`/regenerate\n\n${piece.repeat(65_536 / piece.length)}`);
  for (const piece of [">", "> - ", "1) ", "- "]) expect([piece, read(piece)]).toEqual([piece, null]);
  const others = ["[a](", "*a _b ", "<!-- ", "`a``b", "&a", "- \n", "[a]: x\n", `${"- ".repeat(19)}x\n`];
  for (const piece of others) expect(read(piece)).toHaveLength(maxGuidance);
});

test("any text is read without throwing, and guidance is always part of it", () => {
  const piece = fc.constantFrom(
    "/regenerate",
    "\n",
    "\r\n",
    "`",
    "```",
    ">",
    " ",
    "<!--",
    "-->",
    "a",
    "- ",
    "\t",
    "😀",
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
      const text = pieces.join("");
      const guidance = parseRegenerate(text);
      expect(guidance === null || text.includes(guidance)).toBe(true);
    }),
  );
});

test.each([
  ["a number", "/use 2", 2],
  ["a number and why", "/use 12 it was clearer", 12],
  ["a number in the next line", "/use\n3", 3],
  ["nothing", "/use", null],
  ["a word", "/use it", null],
  ["zero", "/use 0", null],
  ["a number that is part of a word", "/use 2nd", null],
  ["more digits than attempts have", "/use 12345", null],
])("/use with %s", (_, comment, attempt) => {
  expect(parseCommand(comment)).toEqual({ name: "use", attempt });
});

test("of two commands the first counts", () => {
  expect(parseCommand("/use 1\n\n/regenerate")).toEqual({ name: "use", attempt: 1 });
  expect(parseCommand("Hm.\n/regenerate as in\n/use 1")).toMatchObject({ name: "regenerate" });
});

test.each(["/cancel", "/cancel please", "Not now.\n\n/cancel\n"])("%j cancels", (comment) => {
  expect(parseCommand(comment)).toEqual({ name: "cancel" });
});

test.each(["/cancelled", "`/cancel`", "> /cancel", "please /cancel"])("%j does not", (comment) => {
  expect(parseCommand(comment)).toBeNull();
});
