import { expect, test } from "@jest/globals";
import { tellingLines } from "../../src/context/telling-lines.ts";

const stamped = (line: string) => `2026-01-01T00:00:00.1234567Z ${line}`;

test("what went wrong is kept with what is around it, without times, colours and groups", () => {
  const log = [
    stamped("##[group]Run npm test"),
    ...Array.from({ length: 200 }, (_, i) => stamped(`fetching ${i}`)),
    stamped("##[endgroup]"),
    stamped("\u001b[31m✖ adds\u001b[0m"),
    ...Array.from({ length: 200 }, (_, i) => stamped(`cleaning ${i}`)),
    stamped("##[error]Process completed with exit code 1."),
  ].join("\r\n");
  const lines = tellingLines(log).split("\n");
  expect(lines.slice(0, 6)).toEqual([
    ...["fetching 197", "fetching 198", "fetching 199", "✖ adds"],
    ...["cleaning 0", "cleaning 1"],
  ]);
  expect(lines).toContain("…");
  expect(lines.at(-1)).toBe("error: Process completed with exit code 1.");
  expect(lines).not.toContain("fetching 100");
  expect(lines.length).toBeLessThan(50);
});

test("a log in which nothing is said to fail ends with its last lines", () => {
  const log = Array.from({ length: 100 }, (_, i) => `step ${i}`).join("\n");
  expect(tellingLines(log).split("\n")).toEqual(Array.from({ length: 15 }, (_, i) => `step ${85 + i}`));
  expect(tellingLines("")).toBe("");
});

test("of too much the end is kept", () => {
  const log = Array.from({ length: 5000 }, (_, i) => `error ${i}`).join("\n");
  const text = tellingLines(log, 500);
  expect(text.length).toBeLessThanOrEqual(500);
  expect(text.split("\n").at(-1)).toBe("error 4999");
});

// Where time grew with the square, these would take longer than a test may.
test.each([
  ["one line", "error ".repeat(2_000_000)],
  ["lines that all fail", "error\n".repeat(1_000_000)],
  ["escape sequences without an end", "\u001b[".repeat(4_000_000)],
  ["stamps on stamps", stamped("").repeat(300_000)],
])("a hostile log is read to its end: %s", (_, log) => {
  expect(tellingLines(log).length).toBeLessThanOrEqual(12_000);
});
