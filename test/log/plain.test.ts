import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { plain } from "../../src/log/plain.ts";

const link = (text: string) => `\u001b]8;;https://evil.example\u0007${text}\u001b]8;;\u001b\\`;

test.each([
  ["colours", "\u001b[1;31mred\u001b[0m", "red"],
  ["a link", `see ${link("here")}`, "see here"],
  ["a title", "\u001b]0;owned\u0007text", "text"],
  ["eight-bit forms", "\u009b31mred\u009d0;x\u009ctext", "redtext"],
  ["a cleared screen", "\u001bc\u001b[2J\u001b[Htext", "text"],
  ["an overwritten line", "secret\rshown\r\n", "secret\nshown\n"],
  ["a link without its end hides nothing", "\u001b]8;;x\nnext line", "8;;x\nnext line"],
  ["half a pair", "a\ud83d", "a\ufffd"],
])("%s", (_, text, expected) => {
  expect(plain(text)).toBe(expected);
});

test("whatever the output, no control character but tab and newline is left", () => {
  const piece = fc.constantFrom(
    "\u001b",
    "[",
    "]",
    "\u009b",
    "\u0007",
    "\r",
    "\n",
    "1;",
    "m",
    "\\",
    "x",
    "\0",
  );
  fc.assert(
    fc.property(fc.array(piece), (pieces) => {
      expect(plain(pieces.join(""))).not.toMatch(/[^\P{Cc}\t\n]/u);
    }),
  );
});

test.each(["\u001b]8;;a", "\u001b[1;", "\u001b", "\u009d", "\u001b]a\u001b"])(
  "a million characters of %j are read to their end: where time grew with their square, none would be",
  (unit) => {
    expect(plain(`${unit.repeat(1_000_000 / unit.length)}\u0007 end`)).not.toMatch(/[^\P{Cc}\t\n]/u);
  },
);
