import { expect, test } from "@jest/globals";
import { likenessWithin, purposesOf } from "../../../src/verify/gates/likeness.ts";
import { testBlocks } from "../../../src/verify/gates/test-blocks.ts";
import type { TestEvidence } from "../../../src/verify/types.ts";
import { findings, reasons } from "./change.ts";

// What costs time with the square of the lines does not end here before the limit of a test.
const many = (count: number, text: (index: number) => string) =>
  Array.from({ length: count }, (_, at) => text(at)).join("");
const path = "src/a.test.js";
const it = (name: string, ...lines: readonly string[]) =>
  `it("${name}", () => {\n${lines.map((line) => `  ${line}\n`).join("")}});\n`;

test("a file of 5,000 lines that is written anew: its old tests are missed", async () => {
  const long = "value, ".repeat(20);
  const file = (name: string, from: number) =>
    many(200, (at) =>
      it(
        `${name} ${at}`,
        ...Array.from(
          { length: 23 },
          (_, one) => `expect(f(${from + at}, ${long}${one})).toBe(${from * at + one});`,
        ),
      ),
    );
  const found = await findings({ [path]: file("adds", 0) }, { [path]: file("knows", 5_000) });
  expect(found[0]).toMatch(/^blocking test-gone /);
});

test("of 600 tests, each under another name, those with proving ones like them are replaced, the others missed", async () => {
  const file = (name: string, call: string) =>
    many(600, (at) => it(`${name} ${at}`, `expect(${call}(${at}, a${at}, b${at})).toBe(${at});`));
  const tests = Array.from({ length: 600 }, (_, at): TestEvidence[] => [
    { name: `adds the numbers ${at}`, file: path, base: "passed", baseWithTests: "absent", head: "absent" },
    { name: `has lists of ${at}`, file: path, base: "absent", baseWithTests: "failed", head: "passed" },
  ]).flat();
  const found = await reasons(
    { [path]: file("adds the numbers", "f") },
    { [path]: file("has lists of", "other") },
    tests,
  );
  expect(found.slice(0, 2)).toEqual([
    expect.stringMatching(/^10 tests no longer run: .* and 7 more\.$/),
    expect.stringMatching(/^590 tests no longer run: .*; others took their place/),
  ]);
});

test("marks between 800 tests count as one between two", async () => {
  const file = (mark: (at: number) => string) =>
    many(800, (at) => `${it(`w${at}`, `expect(v${at}).toBe(${at});`)}${mark(at)}`);
  const ran = Array.from(
    { length: 800 },
    (_, at): TestEvidence => ({
      name: `w${at}`,
      file: path,
      base: "passed",
      baseWithTests: "passed",
      head: at === 700 ? "skipped" : "passed",
    }),
  );
  const found = await findings({ [path]: file(() => "") }, { [path]: file((at) => `xit(${at});\n`) }, ran);
  expect(found).toContain(`blocking test-skipped ${path}:4`);
});

test("a failure is found to be swallowed behind thousands that are not", async () => {
  const many2500 = many(2_500, (at) => `        b${at}\n    except ValueError as e${at}:\n`);
  const head = `def test_a():\n    try:\n        assert x\n${many2500}        pass\n    except Exception:\n        pass\n`;
  const found = await findings({ "test_a.py": "def test_a():\n    assert x\n" }, { "test_a.py": head });
  expect(found).toContain("blocking failure-swallowed test_a.py:5005");
});

test("tables and snapshots that stand in each other by the thousand are read", async () => {
  const nested = (begin: string, end: string) =>
    `test("a", () => {\n${begin.repeat(5_000)}${end.repeat(5_000)}});\n`;
  for (const [begin, end] of [
    ["for (const x of [\n", "])\n"],
    ["const cases = [\n", "]\n"],
    ["expect(a).toMatchInlineSnapshot(\n", ")\n"],
  ] as const) {
    const base = it("a", "expect(x).toBe(1);") + it("b", "expect(y).toBe(1);");
    const found = await findings({ [path]: base }, { [path]: nested(begin, end) });
    expect(found).toContainEqual(expect.stringMatching(/^blocking test-gone /));
  }
});

test("comparing tests ends with the work that it may do; what is the same to the letter is found still", () => {
  const text = it("one", "expect(add(value, 1)).toBe(3);") + it("two", "expect(add(value, 1)).toBe(4);");
  const blocks = testBlocks(text, path);
  const [one, two] = blocks.map((block) => purposesOf(blocks).get(block));
  if (one === undefined || two === undefined) throw new Error("two tests");
  expect(likenessWithin()(one, two)).toBeGreaterThanOrEqual(1);
  expect(likenessWithin(3)(one, two)).toBe(0);
  expect(likenessWithin(3)(one, one)).toBeGreaterThanOrEqual(1);
});
