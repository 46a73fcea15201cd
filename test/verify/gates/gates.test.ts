import { describe, expect, test } from "@jest/globals";
import { isNarrower } from "../../../src/verify/gates/test-scripts.ts";
import { holdsTests, isTestPath } from "../../../src/verify/test-files.ts";
import { findings } from "./change.ts";

describe("gates", () => {
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
  ["tap-snapshots/test/a.js.test.cjs", true, false],
  ["src/contest.py", false, false],
  ["src/ParserTest.cpp", true, true],
  ["parsertest.cpp", true, true],
  ["src/latest.cpp", false, false],
  ["latest/a.js", false, false],
  ["src/testing.ts", false, false],
  ["package.json", false, false],
])("%s: part of the tests %s, holds tests %s", (path, part, holds) => {
  expect([isTestPath(path), holdsTests(path)]).toEqual([part, holds]);
});
