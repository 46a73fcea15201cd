import { describe, expect, test } from "@jest/globals";
import { lookAt } from "../../../src/verify/look.ts";
import { findPlan } from "../../../src/verify/plan/find-plan.ts";
import { runSide } from "../../../src/verify/run-side.ts";
import type { SuiteRun } from "../../../src/verify/types.ts";
import { type Files, fixture } from "../repository.ts";
import { linkPackages } from "../verifying.ts";
import { sandbox } from "./tampering.ts";

/** One run of the suite in `files`, as verification makes it. */
async function runOf(files: Files, config: { setup?: string; test?: string } = {}): Promise<SuiteRun> {
  using on = await fixture(files);
  const look = await lookAt(on.repository, on.baseTree);
  const toolchain = await findPlan(look, config, null);
  if (toolchain.test === null) throw new Error("no test command was found");
  const options = {
    repository: on.repository,
    baseTree: on.baseTree,
    headTree: on.baseTree,
    config: { network: "none" as const, ...config },
    sandbox,
    scratch: on.scratch,
    limits: { testMs: 60_000, setupMs: 60_000 },
    redact: (text: string) => text,
    emit: () => undefined,
  };
  return await runSide(options, { tree: on.baseTree, toolchain });
}

const scripts = (script: string, more: object = {}) =>
  JSON.stringify({ name: "sample", scripts: { test: script }, ...more });

/** All that makes a runner count otherwise than one by one, in one suite each. */
const suites: readonly (readonly [string, Files, { setup?: string; test?: string }?])[] = [
  [
    "node:test",
    {
      "package.json": scripts("node --test"),
      "test/odd.test.js": `const { before, describe, it, test } = require("node:test");
test("passes", () => process.stdout.write("no newline"));
test("fails", () => { throw new Error("no"); });
test.skip("skipped", () => {});
test.todo("todo that fails", () => { throw new Error("no"); });
test("parent", async (t) => {
  await t.test("sub", () => {});
  await t.test("sub that fails", () => { throw new Error("no"); });
});
describe("empty", () => {});
describe.skip("left out", () => { it("in", () => {}); });
describe("hook", () => { before(() => { throw new Error("no"); }); it("never", () => {}); });
test("starts a process", () => void require("node:child_process").execFileSync(process.execPath, ["-e", "0"]));
`,
      "test/broken.test.js": 'throw new Error("no");\n',
      "test/none.test.js": "",
    },
  ],
  [
    "node:test, one process after the other",
    {
      "package.json": scripts("node test/a.test.js && node test/b.test.js"),
      "test/a.test.js": 'require("node:test")("a", () => {});\n',
      "test/b.test.js": 'require("node:test")("b", () => { throw new Error("no"); });\n',
    },
  ],
  [
    "jest",
    {
      "package.json": scripts("jest"),
      "test/odd.test.js": `jest.retryTimes(2);
let count = 0;
process.stdout.write("\\nTests:       5 failed, 5 total\\n");
test("passes at last", () => { if (count++ < 1) throw new Error("not yet"); });
test("fails", () => { throw new Error("no"); });
test.each([1, 2])("each %i", () => {});
test.skip("skipped", () => {});
test.todo("todo");
test.failing("fails as it should", () => { throw new Error("no"); });
describe("hook", () => { beforeAll(() => { throw new Error("no"); }); test("never", () => {}); });
describe("after", () => { afterAll(() => { throw new Error("no"); }); test("before that", () => {}); });
`,
      "test/broken.test.js": 'throw new Error("no");\n',
      "test/none.test.js": "",
    },
    { setup: linkPackages },
  ],
  [
    "vitest",
    {
      "package.json": scripts("vitest", { type: "module" }),
      "test/odd.test.js": `import { beforeAll, describe, expect, test } from "vitest";
let count = 0;
test("passes at last", { retry: 2 }, () => { if (count++ < 1) throw new Error("not yet"); });
test("fails", { repeats: 2 }, () => { throw new Error("no"); });
test.each([1, 2])("each %i", () => {});
test.skip("skipped", () => {});
test.todo("todo");
test.fails("fails as it should", () => { throw new Error("no"); });
test.concurrent("softly", async ({ expect }) => { expect.soft(1).toBe(2); expect.soft(1).toBe(3); });
describe("hook", () => { beforeAll(() => { throw new Error("no"); }); test("never", () => {}); });
test("leaves something behind", () => void setTimeout(() => { throw new Error("late"); }));
`,
      "test/broken.test.js": 'throw new Error("no");\n',
      "test/none.test.js": "",
    },
    { setup: linkPackages },
  ],
  ...["mocha test", "mocha --exit test", "mocha --parallel test"].map(
    (script) =>
      [
        script,
        {
          "package.json": scripts(script),
          "test/odd.test.js": `let count = 0;
it("passes at last", function () { this.retries(2); if (count++ < 1) throw new Error("not yet"); });
it("fails", () => { throw new Error("no"); });
it("pending");
describe("hook", () => { before(() => { throw new Error("no"); }); it("never", () => {}); });
describe("after", () => { afterEach(() => { throw new Error("no"); }); it("before that", () => {}); it("never", () => {}); });
`,
          "test/other.test.js": 'it("passes", () => {});\n',
        },
        { setup: linkPackages },
      ] as const,
  ),
  ...["jasmine test/*.test.js", "jasmine --parallel=2 test/*.test.js"].map(
    (script) =>
      [
        script,
        {
          "package.json": scripts(script),
          "spec/support/jasmine.json": '{ "spec_dir": "test", "spec_files": ["*.test.js"] }\n',
          "test/odd.test.js": `describe("odd", () => {
it("passes", () => expect(1).toBe(1));
it("fails twice", () => { expect(1).toBe(2); expect(1).toBe(3); });
xit("excluded", () => {});
it("pending");
describe("hook", () => { beforeAll(() => { throw new Error("no"); }); it("goes on", () => {}); });
});
`,
          "test/other.test.js": 'describe("other", () => { it("passes", () => expect(1).toBe(1)); });\n',
        },
        { setup: linkPackages },
      ] as const,
  ),
  ...["", "-q", "-p no:terminal"].map(
    (options) =>
      [
        `pytest ${options}`,
        {
          "pytest.ini": `[pytest]\naddopts = ${options}\n`,
          "test_odd.py": `import unittest
import pytest


def test_passes():
    print("======= 9 failed in 0.01s =======")


@pytest.mark.parametrize("n", [1, 2, 3])
def test_each(n):
    assert n != 2


@pytest.mark.skip
def test_skipped():
    pass


@pytest.mark.xfail
def test_xfail():
    assert 0


@pytest.mark.xfail
def test_xpass():
    pass


@pytest.fixture
def broken():
    raise ValueError


@pytest.fixture
def broken_after():
    yield
    raise ValueError


def test_setup(broken):
    pass


def test_teardown(broken_after):
    pass


def test_both(broken_after):
    assert 0


class Sub(unittest.TestCase):
    def test_sub(self):
        for n in range(3):
            with self.subTest(n=n):
                self.assertEqual(n, 1)
`,
          "test_broken.py": "import nothing_of_the_name\n",
        },
      ] as const,
  ),
  [
    "unittest",
    {
      "test_odd.py": `import unittest


class Odd(unittest.TestCase):
    def test_passes(self):
        pass

    def test_fails(self):
        self.fail()

    def test_error(self):
        raise ValueError

    @unittest.skip("later")
    def test_skipped(self):
        pass

    @unittest.expectedFailure
    def test_expected(self):
        self.fail()

    @unittest.expectedFailure
    def test_unexpected(self):
        pass

    def test_sub(self):
        for n in range(3):
            with self.subTest(n=n):
                self.assertEqual(n, 1)


class Broken(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        raise ValueError

    def test_never(self):
        pass
`,
      "test_broken.py": "import nothing_of_the_name\n",
    },
  ],
  [
    "go",
    {
      "go.mod": "module sample\n\ngo 1.19\n",
      "a/odd_test.go": `package a

import (
	"fmt"
	"os"
	"testing"
)

func TestMain(m *testing.M) {
	code := m.Run()
	fmt.Print("all done")
	os.Exit(code)
}

func TestPasses(t *testing.T) { fmt.Println("--- FAIL: TestOther (0.00s)") }
func TestPrints(t *testing.T) { fmt.Print("no newline") }
func TestFails(t *testing.T)  { t.Error("no") }
func TestSkipped(t *testing.T) { t.Skip() }
func TestSub(t *testing.T) {
	for _, name := range []string{"one", "two"} {
		t.Run(name, func(t *testing.T) { t.Parallel() })
	}
	t.Run("three", func(t *testing.T) { t.Fail() })
}
func ExampleSum() {
	fmt.Println(1)
	// Output: 1
}
`,
      "b/panics_test.go":
        'package b\n\nimport "testing"\n\nfunc TestBefore(t *testing.T) {}\nfunc TestPanics(t *testing.T) { panic("no") }\nfunc TestNever(t *testing.T) {}\n',
      "c/broken_test.go": 'package c\n\nimport "testing"\n\nfunc TestBroken(t *testing.T) { nothing() }\n',
      "d/d.go": "package d\n",
      "e/e_test.go": 'package e\n\nimport "testing"\n\nfunc TestFine(t *testing.T) {}\n',
      "f/exits_test.go":
        'package f\n\nimport (\n\t"os"\n\t"testing"\n)\n\nfunc TestFine(t *testing.T) {}\nfunc TestExits(t *testing.T) { os.Exit(3) }\n',
    },
  ],
  [
    "cargo",
    {
      "Cargo.toml": '[workspace]\nmembers = ["a", "b"]\n',
      "Cargo.lock":
        'version = 3\n\n[[package]]\nname = "a"\nversion = "0.1.0"\n\n[[package]]\nname = "b"\nversion = "0.1.0"\n',
      "a/Cargo.toml": '[package]\nname = "a"\nversion = "0.1.0"\nedition = "2021"\n',
      "a/src/lib.rs": `/// \`\`\`
/// assert_eq!(a::one(), 1);
/// \`\`\`
pub fn one() -> u8 { 1 }

#[cfg(test)]
mod tests {
    use std::io::Write;
    #[test]
    fn same() {}
    #[test]
    fn fails() { panic!("no") }
    #[test]
    #[should_panic]
    fn panics() { panic!() }
    #[test]
    #[ignore]
    fn ignored() {}
    #[test]
    fn prints() { write!(std::io::stdout(), "\\ntest tests/ui/case.rs ... ok\\nno newline").unwrap() }
}
`,
      "b/Cargo.toml": '[package]\nname = "b"\nversion = "0.1.0"\nedition = "2021"\n',
      "b/src/lib.rs":
        '#[cfg(test)]\nmod tests {\n    #[test]\n    fn same() { panic!("no") }\n    #[test]\n    fn other() {}\n}\n',
      "b/tests/more.rs": "#[test]\nfn more() {}\n",
    },
    { setup: "true" },
  ],
  [
    "CTest",
    {
      "CMakeLists.txt":
        "cmake_minimum_required(VERSION 3.21)\nproject(sample NONE)\nenable_testing()\nadd_test(NAME fine COMMAND true)\nadd_test(NAME wrong COMMAND false)\nadd_test(NAME off COMMAND false)\nset_tests_properties(off PROPERTIES DISABLED TRUE)\nadd_test(NAME inverse COMMAND false)\nset_tests_properties(inverse PROPERTIES WILL_FAIL TRUE)\n",
    },
  ],
  [
    "TAP of several programs",
    {
      "test.sh":
        'printf "TAP version 13\\n# adds\\nok 1 a\\nnot ok 2 b\\n1..2\\n# tests 2\\n# pass  1\\n# fail  1\\n"\nprintf "1..3\\nok 1 - c # SKIP no\\n    1..1\\n    ok 1 - sub\\nok 2 - d\\nnot ok 3 - e # TODO\\n"\nexit 1\n',
    },
    { test: "sh test.sh" },
  ],
  [
    "TAP of node:test",
    {
      "test/odd.test.js":
        'const { describe, it, test } = require("node:test");\ndescribe("empty", () => {});\ndescribe("s", () => { it("in", () => {}); });\ntest("fails", () => { throw new Error("no"); });\n',
      "test.sh": "exec node --test --test-reporter=tap\n",
    },
    { test: "sh test.sh" },
  ],
  [
    "Automake",
    {
      "test.sh":
        'printf "PASS: a\\nFAIL: b\\nXFAIL: c\\nSKIP: d\\n====\\nTestsuite summary for sample 1\\n====\\n# TOTAL: 4\\n# PASS:  1\\n# SKIP:  1\\n# XFAIL: 1\\n# FAIL:  1\\n# XPASS: 0\\n# ERROR: 0\\n"\nexit 1\n',
    },
    { test: "sh test.sh" },
  ],
];

/** Whether nothing of what an honest runner does is taken for tampering, and the second witness is heard at all. */
describe("an honest run of every oddity", () => {
  test.each(suites)("%s", async (name, files, config = {}) => {
    const { problem, summary, tests, output } = await runOf(files, config);
    expect({ problem, output }).toEqual({ problem: undefined, output });
    expect(tests.some(({ state }) => state === "passed")).toBe(true);
    expect(tests.some(({ state }) => state === "failed")).toBe(true);
    expect(summary === undefined).toBe(name === "pytest -p no:terminal");
    expect(output).not.toContain("firstdraft-report");
  });
});
