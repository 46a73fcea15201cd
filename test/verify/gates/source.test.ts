import { expect, test } from "@jest/globals";
import { findings } from "./change.ts";

test.each([
  ["src/a.js", "if (process.env.NODE_ENV === 'test') return 3;\n"],
  ["src/a.ts", "if (process.env.VITEST) cheat();\n"],
  ["src/a.ts", "if (typeof describe === 'function') cheat();\n"],
  ["lib/a.py", "if 'pytest' in sys.modules:\n    return 3\n"],
  ["lib/a.py", "if os.environ.get('PYTEST_CURRENT_TEST'):\n    return 3\n"],
  ["a.go", "if testing.Testing() { return 3 }\n"],
  ["a.go", 'if strings.HasSuffix(os.Args[0], ".test") { return 3 }\n'],
  ["src/a.rs", "if cfg!(test) { return 3 }\n"],
  ["src/a.rs", "#[cfg(not(test))]\nfn real() {}\n"],
  ["src/main/java/A.java", 'Class.forName("org.junit.Test");\n'],
  ["src/a.cc", "#ifdef UNIT_TEST\nreturn 3;\n#endif\n"],
])("%s that looks whether it is tested, by `%s`, is blocked, unless it did before", async (path, text) => {
  expect(await findings({ [path]: "a\n" }, { [path]: `a\n${text}` })).toEqual([
    `blocking test-aware-source ${path}:2`,
  ]);
  expect(await findings({ [path]: text }, { [path]: `b\n${text}` })).toEqual([]);
});

test.each([
  ["src/a.js", "const isTest = name.endsWith('.test.js');\n"],
  ["lib/a.py", "import unittest.mock\n"],
  ["a.go", 'import "testing"\n'],
  ["src/a.rs", "#[cfg(test)]\nmod tests;\n"],
  ["src/main/java/A.java", "import org.junit.rules.TestRule;\n"],
  ["src/a.cc", "#ifdef _WIN32\n#endif\n"],
])("%s with `%s` is not", async (path, text) => {
  expect(await findings({ [path]: "a\n" }, { [path]: `a\n${text}` })).toEqual([]);
});

test("configuration and tests may look whether they are tests", async () => {
  const text = "if (process.env.NODE_ENV === 'test') preset();\n";
  expect(await findings({}, { "babel.config.js": text, "test/helper.js": text })).toEqual([]);
});

const snap = (count: number, value: string) =>
  Array.from({ length: count }, (_, i) => `exports[\`s${i}\`] = \`${value}\`;\n// ${i}\n`).join("");

test.each([
  "test/__snapshots__/a.test.js.snap",
  "tests/__snapshots__/test_a.ambr",
  "src/snapshots/a.snap",
  "tap-snapshots/test/a.js.test.cjs",
])("%s: a few rewritten snapshots are for the reviewer, many are blocked, more are nothing", async (path) => {
  expect(await findings({ [path]: snap(3, "a") }, { [path]: snap(3, "b") })).toEqual([
    `remark snapshot-rewritten ${path}:null`,
  ]);
  expect(await findings({ [path]: snap(30, "a") }, { [path]: snap(30, "b") })).toEqual([
    `blocking snapshot-rewritten ${path}:null`,
  ]);
  expect(await findings({ [path]: snap(3, "a") }, { [path]: snap(30, "a") })).toEqual([]);
});

test.each([
  ["test/a.test.js", "test/__snapshots__/a.test.js.snap"],
  ["test/a.js", "tap-snapshots/test/a.js.test.cjs"],
])("snapshots that are deleted while their test %s stays are blocked", async (file, path) => {
  const test = { [file]: "toMatchSnapshot();\n" };
  expect(await findings({ ...test, [path]: snap(3, "a") }, test)).toEqual([
    `blocking snapshot-deleted ${path}:null`,
  ]);
  expect(await findings({ [path]: snap(3, "a") }, {})).toEqual([]);
});
