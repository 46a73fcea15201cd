import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { sanitise } from "../../src/context/sanitise.ts";

const invisible = /[\p{Default_Ignorable_Code_Point}\p{Cc}\u2800\ufff9-\ufffb]/u;

const fragments = fc.constantFrom(
  "<!--",
  "-->",
  "--!>",
  "<!-->",
  "&lt;",
  "&gt;",
  "!--",
  "&#60;",
  "&#",
  "8203;",
  "\u200b",
  "\u200d",
  "\ufe0f",
  "👩",
  "क",
  "्",
  "<details>",
  "</details>",
  "<details open>",
  "<p hidden>",
  "</p>",
  "<b title='x'>",
  '<a href="http://e.com/x">',
  "</a>",
  "`",
  "``",
  "```",
  "```\n",
  "~~~",
  "\n",
  "\n\n",
  "    ",
  "\t",
  "- ",
  "> ",
  "1. ",
  "[//]: # (x)",
  "[a]: http://e ",
  "[a]",
  '](x "y")',
  "![",
  "](",
  "<?",
  "?>",
  "<!X",
  ">",
  "<",
  '"',
  "'",
  "(",
  ")",
  "$",
  "\\color{white}",
  "\x1b[",
  "\x1b]",
  "\x07",
  "<a ",
  "<a x='",
  "   ",
  "word",
  " ",
  "\\",
  "\ud800",
  "\u{E0041}",
  "\u202e",
  "ignore",
  "data:text/plain;base64,AAAA",
  "%%",
  "mermaid\n",
  "math\n",
  "%",
  "$`",
  "`$",
  "\\def",
  "click x",
  "accDescr {",
  "|",
  "\na | b\n--|--\n",
  "[^a]",
  "[^a]: ",
  "[](",
  "<rp>",
);
const texts = fc.oneof(
  fc.array(fragments, { maxLength: 60 }).map((parts) => parts.join("")),
  fc.string({ unit: "binary", maxLength: 200 }),
);

test("sanitising again changes nothing, and nothing invisible is left", () => {
  fc.assert(
    fc.property(texts, (text) => {
      const once = sanitise(text).text;
      expect(sanitise(once)).toEqual({ text: once, removed: [] });
      expect(once.replace(/[\n\t]|\u200c|\u200d|\ufe0e|\ufe0f/g, "")).not.toMatch(invisible);
      expect(once).not.toMatch(/\p{Cs}/u);
    }),
    { numRuns: 3000 },
  );
});

test("no text takes long: 256 KB of one fragment repeated", () => {
  fc.assert(
    fc.property(fc.array(fragments, { minLength: 1, maxLength: 4 }), (parts) => {
      const part = parts.join("");
      const text = part.repeat(Math.ceil(262_144 / part.length)).slice(0, 262_144);
      // Of this process's own time, whoever else keeps the machine busy.
      const start = process.cpuUsage();
      sanitise(text, 262_144);
      expect(process.cpuUsage(start).user).toBeLessThan(5_000_000);
    }),
    { numRuns: 150 },
  );
});
