import { expect, test } from "@jest/globals";
import { freshComplaints, type Located } from "../../src/lint/fresh.ts";

const at = (line: number, text: string, more: Partial<Located> = {}): Located => ({
  ...{ file: "a.js", line, text, rule: "no-x", message: "no x", severity: "error", ...more },
});
const added =
  (...lines: number[]) =>
  ({ line }: { line: number | null }) =>
    line !== null && lines.includes(line);

test("what stood elsewhere has only moved, as often as it stood there", () => {
  expect(freshComplaints([at(9, "x()")], [at(1, "x()")], added(9))).toEqual([]);
  const twice = [at(1, "x()"), at(9, "x()")];
  expect(freshComplaints(twice, [at(1, "x()")], added(9))).toEqual([at(9, "x()")]);
});

test("in a file that was renamed it is the same", () => {
  const moved = at(1, "x()", { file: "b.js" });
  expect(freshComplaints([moved], [at(1, "x()")], added(1))).toEqual([]);
});

test("other words about a line that stayed are not new, on an added line they are", () => {
  const now = at(4, "f() {", { message: "complexity 12" });
  const before = at(4, "f() {", { message: "complexity 11" });
  expect(freshComplaints([now], [before], added())).toEqual([]);
  expect(freshComplaints([now], [before], added(4))).toEqual([now]);
});

test("another rule about a line that stayed is new", () => {
  const now = at(1, "import x", { rule: "unused" });
  expect(freshComplaints([now], [at(1, "import x")], added())).toEqual([now]);
});

test("a whole file is known by its name", () => {
  const whole = (file: string) => at(0, "", { line: null, file });
  expect(freshComplaints([whole("a.js"), whole("b.js")], [whole("a.js")], () => true)).toEqual([
    whole("b.js"),
  ]);
});

test("thousands about one line take no time that grows with their square", () => {
  const many = (words: string) =>
    Array.from({ length: 40_000 }, (_, i) => at(1, "x()", { message: words + i }));
  // Of this process's own time, whoever else keeps the machine busy.
  const start = process.cpuUsage();
  expect(freshComplaints(many("a"), many("b"), added())).toEqual([]);
  expect(freshComplaints(many("a"), many("b").reverse(), added(1))).toHaveLength(40_000);
  expect(freshComplaints(many("a"), many("a").reverse(), added(1))).toEqual([]);
  expect(process.cpuUsage(start).user).toBeLessThan(15_000_000);
});
