import { describe, expect, test } from "@jest/globals";
import type { TestEvidence } from "../../../src/verify/types.ts";
import { findings } from "./change.ts";

const pom = (text: string) =>
  `<plugin>\n<artifactId>maven-surefire-plugin</artifactId>\n${text}\n</plugin>\n`;
const conftest = (text: string) => `import pytest\n\n${text}\n`;
const stays: TestEvidence = { name: "t", file: "t", base: "passed", baseWithTests: "passed", head: "passed" };

const selecting: readonly (readonly [string, string, string])[] = [
  [
    "jest.config.js",
    "module.exports = {};\n",
    "module.exports = {\n  testPathIgnorePatterns: ['/slow/'],\n};\n",
  ],
  ["vitest.config.ts", "export default {};\n", "export default {\n  test: { exclude: ['a.test.ts'] },\n};\n"],
  [".mocharc.yml", "spec: test\n", "spec: test\nignore: test/a.js\n"],
  ["spec/support/jasmine.json", "{}\n", '{\n  "spec_files": ["a.js"]\n}\n'],
  ["packages/a/package.json", "{}\n", '{\n  "jest": {\n    "testMatch": ["a.js"]\n  }\n}\n'],
  ["pyproject.toml", "[tool.pytest.ini_options]\n", '[tool.pytest.ini_options]\naddopts = "-k fast"\n'],
  ["pytest.ini", "[pytest]\n", "[pytest]\naddopts = --ignore=tests/test_a.py\n"],
  ["setup.cfg", "[tool:pytest]\n", "[tool:pytest]\ntestpaths = tests/fast\n"],
  ["tests/conftest.py", conftest(""), conftest('collect_ignore = ["test_a.py"]')],
  [
    "tests/conftest.py",
    conftest(""),
    conftest("def pytest_collection_modifyitems(items):\n    items.clear()"),
  ],
  ["Makefile", "test:\n\tgo test ./...\n", "test:\n\tgo test -run Fast ./...\n"],
  ["Makefile", "test:\n\tgo test ./...\n", "test:\n\t@echo fine\n"],
  ["Cargo.toml", "[lib]\n", "[lib]\ntest = false\n"],
  ["Cargo.toml", "[package]\n", "[package]\nautotests = false\n"],
  ["Cargo.toml", '[package]\n[[test]]\nname = "a"\n', "[package]\n"],
  ["pom.xml", pom(""), pom("<exclude>**/AddTest.java</exclude>\n<excludes>")],
  ["pom.xml", pom(""), pom("<skipTests>true</skipTests>")],
  ["build.gradle", "test {\n}\n", "test {\n  exclude '**/AddTest*'\n}\n"],
  ["build.gradle.kts", "test {\n}\n", 'test {\n  filter { excludeTestsMatching("a") }\n}\n'],
  [
    "CMakeLists.txt",
    "add_test(NAME a COMMAND a)\nadd_test(NAME b COMMAND b)\n",
    "add_test(NAME a COMMAND a)\n",
  ],
  ["CMakeLists.txt", "enable_testing()\nadd_subdirectory(test)\n", "enable_testing()\n"],
  [".github/firstdraft.yml", "label: a\ntest: npm test\n", "label: a\ntest: npm run lint\n"],
  [".github/firstdraft.yml", "label: a\nreport: a.xml\n", "label: a\n"],
];

test.each(selecting)(
  "%s: from `%s` to `%s` is blocked, and a remark if all ran as before",
  async (path, from, to) => {
    const found = await findings({ [path]: from }, { [path]: to });
    expect(new Set(found.map((line) => line.split(":")[0]))).toEqual(
      new Set([`blocking run-narrowed ${path}`]),
    );
    const ran = await findings({ [path]: from }, { [path]: to }, [stays]);
    expect(ran.filter((line) => line.startsWith("blocking"))).toEqual([]);
    expect(ran.join()).toContain("remark run-narrowed");
  },
);

test.each([
  ["jest.config.js", "module.exports = {};\n", "module.exports = {\n  passWithNoTests: true,\n};\n"],
  ["vitest.config.ts", "export default {};\n", "export default {\n  test: { retry: 3 },\n};\n"],
  ["conftest.py", conftest(""), conftest("def prepare(item):\n    item.add_marker(pytest.mark.skip)")],
  ["conftest.py", conftest(""), conftest("def passing(report):\n    report.outcome = 'passed'")],
  ["Makefile", "test:\n\tgo test ./...\n", "test:\n\tgo test ./... || true\n"],
  ["pom.xml", pom(""), pom("<testFailureIgnore>true</testFailureIgnore>")],
  ["build.gradle", "test {\n}\n", "test {\n  ignoreFailures = true\n}\n"],
  [
    "CMakeLists.txt",
    "add_test(NAME a COMMAND a)\n",
    "add_test(NAME a COMMAND a)\nset_tests_properties(a PROPERTIES WILL_FAIL TRUE)\n",
  ],
  ["meson.build", "test('a', a)\n", "test('a', a, should_fail: true)\ntest('b', b)\n"],
])("%s: from `%s` to `%s` is blocked whatever ran", async (path, from, to) => {
  const found = await findings({ [path]: from }, { [path]: to }, [stays]);
  expect(new Set(found.map((line) => line.split(":")[0]))).toEqual(
    new Set([`blocking run-narrowed ${path}`]),
  );
});

test.each([
  [
    "jest.config.js",
    "module.exports = {};\n",
    "module.exports = {\n  // testMatch: none\n  verbose: true,\n};\n",
  ],
  ["pyproject.toml", "[project]\n", '[project]\ndescription = "a"\n'],
  ["Cargo.toml", "[package]\n", '[package]\n[[test]]\nname = "a"\n'],
  [
    "pom.xml",
    "<plugin>\n</plugin>\n",
    "<plugin>\n<artifactId>maven-deploy-plugin</artifactId>\n<skip>true</skip>\n</plugin>\n",
  ],
  [
    "CMakeLists.txt",
    "enable_testing()\n",
    "enable_testing()\nadd_test(NAME a COMMAND a)\nset_tests_properties(a PROPERTIES WILL_FAIL TRUE)\n",
  ],
  ["meson.build", "test('a', a)\n", "test('a', a)\ntest('b', b, should_fail: true)\n"],
  ["Makefile", "test:\n\tgo test ./...\n", "test:\n\tgo test -race ./...\n"],
])("%s: from `%s` to `%s` is not blocked", async (path, from, to) => {
  const found = await findings({ [path]: from }, { [path]: to });
  expect(found.filter((line) => !line.startsWith("remark runner-configuration"))).toEqual([]);
});

describe("scripts of package.json", () => {
  const manifest = (scripts: Record<string, string>) => JSON.stringify({ scripts }, null, 2);

  test("a narrowed test script is blocked, another is a remark, a first one neither", async () => {
    const from = { "package.json": manifest({ test: "jest" }) };
    expect(await findings(from, { "package.json": manifest({ test: "jest || true" }) }, [stays])).toEqual([
      "blocking test-script package.json:3",
    ]);
    expect(await findings(from, { "package.json": manifest({ test: "jest --coverage" }) })).toEqual([
      "remark test-script package.json:3",
    ]);
    expect(await findings({ "package.json": manifest({}) }, from)).toEqual([]);
  });

  test("one of a package in the repository counts too; another runner is judged by what ran", async () => {
    const change = [
      { "packages/a/package.json": manifest({ test: "mocha" }) },
      { "packages/a/package.json": manifest({ test: "vitest run" }) },
    ] as const;
    expect(await findings(...change)).toEqual(["blocking test-script packages/a/package.json:3"]);
    expect(await findings(...change, [stays])).toEqual(["remark test-script packages/a/package.json:3"]);
  });
});
