import { describe, expect, test } from "@jest/globals";
import { findingsOn } from "../../src/verify/gates/index.ts";
import { isNarrower } from "../../src/verify/gates/test-scripts.ts";
import type { Look } from "../../src/verify/look.ts";
import { holdsTests, isTestPath } from "../../src/verify/test-files.ts";
import type { TestEvidence } from "../../src/verify/types.ts";
import type { FileChange } from "../../src/workspace/types.ts";

type Files = Record<string, string>;
const look = (files: Files): Look => ({
  paths: Object.keys(files),
  read: async (path) => files[path] ?? null,
});

function changes(base: Files, head: Files): FileChange[] {
  const paths = [...new Set([...Object.keys(base), ...Object.keys(head)])].filter(
    (path) => base[path] !== head[path],
  );
  return paths.map((path) => ({
    path,
    status: base[path] === undefined ? "added" : head[path] === undefined ? "deleted" : "modified",
    mode: "100644",
    blob: null,
    binary: head[path]?.includes("\0") ?? false,
    addedLines: 1,
    deletedLines: 1,
  }));
}

async function findings(base: Files, head: Files, tests: readonly TestEvidence[] = []): Promise<string[]> {
  const found = await findingsOn({ base: look(base), head: look(head), changes: changes(base, head), tests });
  return found.map(({ gate, weight, file, line }) => `${weight} ${gate} ${file}:${line}`);
}

describe("gates", () => {
  test.each([
    ["a.test.js", "it.skip('a', () => {});", "test-skipped"],
    ["a.test.js", "xdescribe('a', () => {});", "test-skipped"],
    ["a.test.js", "test('a', { skip: true }, () => {});", "test-skipped"],
    ["a.test.ts", "describe.only('a', () => {});", "test-focused"],
    ["a.test.ts", "fit('a', () => {});", "test-focused"],
    ["tests/test_a.py", "@pytest.mark.skip(reason='no')", "test-skipped"],
    ["tests/test_a.py", "@unittest.skip('no')", "test-skipped"],
    ["a_test.go", "\tt.Skip()", "test-skipped"],
    ["tests/a.rs", "#[ignore]", "test-skipped"],
    ["src/test/java/ATest.java", "@Disabled", "test-skipped"],
  ])("%s with `%s` is blocked", async (path, text, gate) => {
    expect(await findings({ [path]: "a\n" }, { [path]: `a\n${text}\n` })).toEqual([
      `blocking ${gate} ${path}:2`,
    ]);
    expect(await findings({ [path]: `${text}\n` }, { [path]: `a\n${text}\n` })).toEqual([]);
  });

  test.each([
    ["a.test.js", "it('skips a line', () => {});"],
    ["a.test.js", "const profit = fits(1);"],
    ["tests/test_a.py", "@pytest.mark.skipif(sys.platform == 'win32', reason='posix')"],
    ["lib.js", "list.skip(1); it.only = 1;"],
  ])("%s with `%s` is not", async (path, text) => {
    expect(await findings({}, { [path]: text })).toEqual([]);
  });

  test("tests that vanish, fall silent or change their mind", async () => {
    const evidence = {
      name: "t",
      file: "a.test.js",
      base: "passed",
      baseWithTests: "passed",
      head: "passed",
    } as const;
    expect(await findings({}, {}, [{ ...evidence, head: "absent" }])).toEqual([
      "blocking test-gone a.test.js:null",
    ]);
    expect(await findings({}, {}, [{ ...evidence, head: "skipped" }])).toEqual([
      "blocking test-skipped a.test.js:null",
    ]);
    expect(await findings({}, {}, [{ ...evidence, baseWithTests: "failed" }])).toEqual([
      "remark test-changed a.test.js:null",
    ]);
    expect(await findings({}, {}, [evidence])).toEqual([]);
  });

  test("files that steer the build, and binaries, are remarks", async () => {
    const head = {
      ".github/workflows/ci.yml": "a",
      "package-lock.json": "{}",
      "jest.config.js": "a",
      "logo.png": "\0",
    };
    expect(await findings({}, head)).toEqual([
      "remark ci-file .github/workflows/ci.yml:null",
      "remark lockfile package-lock.json:null",
      "remark runner-configuration jest.config.js:null",
      "remark binary-file logo.png:null",
    ]);
  });

  test("a narrowed test script is blocked, another is a remark, a first one neither", async () => {
    const manifest = (test?: string) => ({ "package.json": JSON.stringify({ scripts: { test } }, null, 2) });
    expect(await findings(manifest("jest"), manifest("jest || true"))).toEqual([
      "blocking test-script package.json:3",
    ]);
    expect(await findings(manifest("jest"), manifest("jest --coverage"))).toEqual([
      "remark test-script package.json:3",
    ]);
    expect(await findings(manifest(), manifest("jest"))).toEqual([]);
  });
});

test.each([
  ["jest", "jest --ci", false],
  ["jest", "npm run lint && jest", false],
  ["jest", undefined, true],
  ["jest", "echo ok", true],
  ["jest", "jest -t adds", true],
  ["jest", "jest src/a.test.js", true],
  ["jest", "jest; exit 0", true],
  ["jest && mocha", "jest", true],
  ["pytest -x", "pytest", false],
  ['echo "Error: no test specified" && exit 1', "jest a.test.js", false],
])("from `%s` to `%s`: narrower is %s", (before, after, narrower) => {
  expect(isNarrower(before, after)).toBe(narrower);
});

test.each([
  ["test/a.js", true, true],
  ["src/__tests__/a.ts", true, true],
  ["src/a.spec.tsx", true, true],
  ["src/__snapshots__/a.snap", true, false],
  ["tests/fixtures/a.json", true, false],
  ["tests/conftest.py", true, false],
  ["pkg/a_test.go", true, true],
  ["pkg/testdata/a.txt", true, false],
  ["test_a.py", true, true],
  ["src/test/java/ATest.java", true, true],
  ["src/a.js", false, false],
  ["src/contest.py", false, false],
  ["latest/a.js", false, false],
  ["src/testing.ts", false, false],
  ["package.json", false, false],
])("%s: part of the tests %s, holds tests %s", (path, part, holds) => {
  expect([isTestPath(path), holdsTests(path)]).toEqual([part, holds]);
});
