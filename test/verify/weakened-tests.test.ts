import { describe, expect, test } from "@jest/globals";
import { changedExpectations } from "../../src/verify/gates/changed-expectations.ts";
import { findingsOn } from "../../src/verify/gates/index.ts";
import type { TestEvidence } from "../../src/verify/types.ts";

type Files = Record<string, string>;

async function findings(base: Files, head: Files, tests: readonly TestEvidence[] = []): Promise<string[]> {
  const look = (files: Files) => ({
    paths: Object.keys(files),
    read: async (path: string) => files[path] ?? null,
  });
  const changes = [...new Set([...Object.keys(base), ...Object.keys(head)])].map((path) => ({
    path,
    status: base[path] === undefined ? ("added" as const) : ("modified" as const),
    ...{ mode: "100644", blob: "", binary: false, addedLines: 1, deletedLines: 1 },
  }));
  const found = await findingsOn({ base: look(base), head: look(head), changes, tests });
  return found.map(({ gate, weight, file, line }) => `${weight} ${gate} ${file}:${line}`);
}

const js = (body: string) => `import { add } from "../src/add.js";\ntest("adds", () => {\n${body}\n});\n`;
const py = (body: string) => `from add import add\n\ndef test_adds():\n${body}\n`;

describe("assertions of an existing test", () => {
  const strict = "  expect(add(1, 2)).toBe(3);\n  expect(add(2, 2)).toBe(4);";

  test.each([
    ["removed", js("  expect(add(1, 2)).toBe(3);")],
    ["loosened", js("  expect(add(1, 2)).toBe(3);\n  expect(add(2, 2)).toBeDefined();")],
  ])("%s: blocked", async (_, after) => {
    expect(await findings({ "test/a.test.js": js(strict) }, { "test/a.test.js": after })).toEqual([
      "blocking assertion-weakened test/a.test.js:2",
    ]);
  });

  test("changed by a test that fails on the base for it: a remark at most", async () => {
    const proof: TestEvidence = {
      name: "adds",
      file: "test/a.test.js",
      base: "passed",
      baseWithTests: "failed",
      head: "passed",
    };
    const fewer = await findings(
      { "test/a.test.js": js(strict) },
      { "test/a.test.js": js("  expect(add(1, 2)).toBe(4);") },
      [proof],
    );
    expect(fewer).toEqual([
      "remark assertion-weakened test/a.test.js:2",
      "remark test-changed test/a.test.js:3",
    ]);
    const other = await findings(
      { "test/a.test.js": js(strict) },
      { "test/a.test.js": js(strict.replace("3", "5")) },
      [proof],
    );
    expect(other).toEqual(["remark test-changed test/a.test.js:3"]);
  });

  test("a changed expectation is shown as it was and as it is", () => {
    const look = (text: string) => ({ paths: ["test/a.test.js"], read: async () => text });
    const changes = [
      {
        path: "test/a.test.js",
        status: "modified" as const,
        mode: "",
        blob: "",
        binary: false,
        addedLines: 1,
        deletedLines: 1,
      },
    ];
    const test: TestEvidence = {
      name: "adds",
      file: "test/a.test.js",
      base: "passed",
      baseWithTests: "failed",
      head: "passed",
    };
    const input = {
      base: look(js(strict)),
      head: look(js(strict.replace("3", "5"))),
      changes,
      tests: [test],
    };
    return expect(changedExpectations(input)).resolves.toMatchObject([
      {
        line: 3,
        reason: expect.stringContaining("was `expect(add(1, 2)).toBe(3);`, is `expect(add(1, 2)).toBe(5);`"),
      },
    ]);
  });

  test("added, moved to another test, or with a renamed test: nothing", async () => {
    const more = js(`${strict}\n  expect(add(0, 0)).toBe(0);`);
    expect(await findings({ "test/a.test.js": js(strict) }, { "test/a.test.js": more })).toEqual([]);
    const renamed = js(strict).replace('"adds"', '"sums"');
    expect(await findings({ "test/a.test.js": js(strict) }, { "test/a.test.js": renamed })).toEqual([]);
  });
});

test.each([
  ["test/a.test.js", js("  expect(true).toBe(true);")],
  ["test/a.test.js", js("  expect(result).toEqual(result);")],
  ["test/a.test.js", js("  assert.ok(true);")],
  ["test/a.test.js", js("  assert.equal(x.y, x.y);")],
  ["tests/test_a.py", py("    assert True")],
  ["tests/test_a.py", py("    assert add(1) == add(1)")],
  ["tests/test_a.py", py("    self.assertTrue(True)")],
  ["tests/a.rs", "#[test]\nfn adds() {\n    assert!(true);\n}\n"],
  ["src/test/java/ATest.java", "@Test\nvoid adds() {\n  assertTrue(true);\n}\n"],
])("%s with an assertion that cannot fail is blocked", async (path, text) => {
  expect((await findings({}, { [path]: text })).map((line) => line.split(":")[0])).toEqual([
    `blocking assertion-idle ${path}`,
  ]);
});

test.each([
  ["test/a.test.js", js("  try { expect(add(1, 2)).toBe(3); } catch (error) {}")],
  ["test/a.test.js", js("  await run().catch(() => {});")],
  ["tests/test_a.py", py("    try:\n        assert add(1) == 2\n    except AssertionError:\n        pass")],
])("%s with a failure that is swallowed is blocked", async (path, text) => {
  expect((await findings({}, { [path]: text })).map((line) => line.split(":")[0])).toEqual([
    `blocking failure-swallowed ${path}`,
  ]);
});

test.each([
  ["src/a.js", "if (process.env.NODE_ENV === 'test') return 3;\n"],
  ["src/a.ts", "if (process.env.VITEST) cheat();\n"],
  ["lib/a.py", "if 'pytest' in sys.modules:\n    return 3\n"],
  ["a.go", "if testing.Testing() { return 3 }\n"],
  ["src/a.rs", "if cfg!(test) { return 3 }\n"],
])("%s that looks whether it is tested is blocked, unless it did before", async (path, text) => {
  expect(await findings({ [path]: "a\n" }, { [path]: `a\n${text}` })).toEqual([
    `blocking test-aware-source ${path}:2`,
  ]);
  expect(await findings({ [path]: text }, { [path]: `b\n${text}` })).toEqual([]);
});

test("configuration and tests may look whether they are tests", async () => {
  const text = "if (process.env.NODE_ENV === 'test') preset();\n";
  expect(await findings({}, { "babel.config.js": text, "test/helper.js": text })).toEqual([]);
});

test("a few rewritten snapshots are for the reviewer, many are blocked", async () => {
  const snap = (count: number, value: string) =>
    Array.from({ length: count }, (_, i) => `exports[\`s${i}\`] = \`${value}\`;\n// ${i}\n`).join("");
  const path = "test/__snapshots__/a.test.js.snap";
  expect(await findings({ [path]: snap(3, "a") }, { [path]: snap(3, "b") })).toEqual([
    `remark snapshot-rewritten ${path}:null`,
  ]);
  expect(await findings({ [path]: snap(30, "a") }, { [path]: snap(30, "b") })).toEqual([
    `blocking snapshot-rewritten ${path}:null`,
  ]);
  expect(await findings({ [path]: snap(3, "a") }, { [path]: snap(30, "a") })).toEqual([]);
});
