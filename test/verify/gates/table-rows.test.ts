import { describe, expect, test } from "@jest/globals";
import { findings, found, reasons } from "./change.ts";

interface Table {
  readonly path: string;
  readonly file: (rows: string) => string;
  readonly rows: readonly string[];
}

const drawn = (...cells: readonly number[]) => `  ${cells.map((cell) => `\${${cell}}`).join(" | ")}\n`;

/** A table of cases as each language has them, without a name for a row. */
const tables: Readonly<Record<string, Table>> = {
  "go without subtests": {
    path: "add_test.go",
    file: (rows) =>
      `package add\n\nfunc TestAdd(t *testing.T) {\n\ttests := []struct {\n\t\ta, b, want int\n\t}{\n${rows}\t}\n\tfor _, tt := range tests {\n\t\tif got := Add(tt.a, tt.b); got != tt.want {\n\t\t\tt.Error(got)\n\t\t}\n\t}\n}\n`,
    rows: ["\t\t{11, 12, 23},\n", "\t\t{14, 15, 29},\n", "\t\t{-1, 1, 0},\n"],
  },
  "go outside of the test": {
    path: "add_test.go",
    file: (rows) =>
      `package add\n\nvar sums = map[string]sum{\n${rows}}\n\nfunc TestAdd(t *testing.T) {\n\tfor name, one := range sums {\n\t\tcheck(t, name, one)\n\t}\n}\n`,
    rows: ['\t"small": {11, 12, 23},\n', '\t"large": {140, 150, 290},\n', '\t"negative": {-1, 1, 0},\n'],
  },
  "test.each": {
    path: "src/add.test.ts",
    file: (rows) => `test.each([\n${rows}])("adds", (a, b, sum) => {\n  expect(add(a, b)).toBe(sum);\n});\n`,
    rows: ["  [11, 12, 23],\n", "  [14, 15, 29],\n", "  [-1, 1, 0],\n"],
  },
  "a table that is drawn": {
    path: "src/add.test.ts",
    file: (rows) =>
      `test.each\`\n  a | b | sum\n${rows}\`("adds", ({ a, b, sum }) => {\n  expect(add(a, b)).toBe(sum);\n});\n`,
    rows: [drawn(11, 12, 23), drawn(14, 15, 29), drawn(-1, 1, 0)],
  },
  "a loop": {
    path: "test/add.test.js",
    file: (rows) =>
      `test("adds", () => {\n  for (const [a, b, sum] of [\n${rows}  ]) assert.equal(add(a, b), sum);\n});\n`,
    rows: ["    [11, 12, 23],\n", "    [14, 15, 29],\n", "    [-1, 1, 0],\n"],
  },
  parametrize: {
    path: "tests/test_add.py",
    file: (rows) =>
      `@pytest.mark.parametrize("a, b, total", [\n${rows}])\ndef test_add(a, b, total):\n    assert add(a, b) == total\n`,
    rows: ["    (11, 12, 23),\n", "    (14, 15, 29),\n", "    (-1, 1, 0),\n"],
  },
  "parametrize over several lines": {
    path: "tests/test_add.py",
    file: (rows) =>
      `@pytest.mark.parametrize(\n    ("a", "b", "total"),\n    [\n${rows}    ],\n)\ndef test_add(a, b, total):\n    assert add(a, b) == total\n`,
    rows: [
      "        pytest.param(11, 12, 23),\n",
      "        pytest.param(14, 15, 29),\n",
      "        pytest.param(-1, 1, 0),\n",
    ],
  },
  CsvSource: {
    path: "src/test/java/AddTest.java",
    file: (rows) =>
      `class AddTest {\n  @ParameterizedTest\n  @CsvSource({\n${rows}  })\n  void adds(int a, int b, int sum) {\n    assertEquals(sum, add(a, b));\n  }\n}\n`,
    rows: ['    "11, 12, 23",\n', '    "14, 15, 29",\n', '    "-1, 1, 0",\n'],
  },
  GENERATE: {
    path: "tests/test_add.cpp",
    file: (rows) =>
      `TEST_CASE("adds") {\n  auto [a, b, sum] = GENERATE(table<int, int, int>({\n${rows}  }));\n  REQUIRE(add(a, b) == sum);\n}\n`,
    rows: ["    {11, 12, 23},\n", "    {14, 15, 29},\n", "    {-1, 1, 0},\n"],
  },
  "an array in rust": {
    path: "tests/add.rs",
    file: (rows) =>
      `#[test]\nfn adds() {\n    for (a, b, sum) in [\n${rows}    ] {\n        assert_eq!(add(a, b), sum);\n    }\n}\n`,
    rows: ["        (11, 12, 23),\n", "        (14, 15, 29),\n", "        (-1, 1, 0),\n"],
  },
};

describe.each(Object.keys(tables))("%s", (name) => {
  const { path, file, rows } = tables[name] as Table;
  const [one = "", two = "", three = ""] = rows;
  const base = { [path]: file(rows.join("")) };
  const changed = (...now: readonly string[]) => findings(base, { [path]: file(now.join("")) });

  test("a row taken out is blocked", async () => {
    expect(await changed(one, two)).toContainEqual(expect.stringMatching(/^blocking test-cases-gone /));
  });

  test("a row that is put elsewhere, changed, or added is not", async () => {
    expect(await changed(three, one, two)).toEqual([]);
    expect(await changed(one, two.replace("15", "16"), three)).toEqual([]);
    expect(await changed(one, two.replace("15", "17"), two, three)).toEqual([]);
  });
});

const { path, file, rows } = tables["go without subtests"] as Table;

test("what is gone is said", async () => {
  expect(await reasons({ [path]: file(rows.join("")) }, { [path]: file(rows.slice(0, 2).join("")) })).toEqual(
    ["A case is gone from a table of tests without others in their place: {-1, 1, 0}"],
  );
});

test("rows of what the sources no longer have are a remark", async () => {
  const calls = ["\t\t{sum(11), 12, 23},\n", "\t\t{sum(14), 15, 29},\n", "\t\t{double(7), 1, 15},\n"];
  const base = {
    [path]: file(calls.join("")),
    "add.go": "func sum(a int) int {\n}\nfunc double(a int) int {\n}\n",
  };
  const head = { [path]: file(calls.slice(0, 2).join("")), "add.go": "func sum(a int) int {\n}\n" };
  expect((await found(base, head, {})).map(({ weight, gate }) => `${weight} ${gate}`)).toEqual([
    "remark test-cases-gone",
  ]);
});

test("what a check expects is no table", async () => {
  const one = (list: string) => `test("lists", () => {\n  expect(list()).toEqual([${list}]);\n});\n`;
  const found = await findings({ "a.test.js": one("[1], [2], [3]") }, { "a.test.js": one("[1], [2]") });
  expect(found).toEqual([]);
});

test("rows that became tests of their own are not missed", async () => {
  const own = `${file(rows.slice(0, 2).join(""))}\nfunc TestNegative(t *testing.T) {\n\tcheck(t, Add(-1, 1), 0)\n}\n`;
  expect(await findings({ [path]: file(rows.join("")) }, { [path]: own })).toEqual([]);
});
