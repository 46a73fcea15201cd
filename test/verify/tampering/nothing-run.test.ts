import { describe, test } from "@jest/globals";
import { packages } from "../verifying.ts";
import { expectRefused, forgedTest, javascript, python } from "./tampering.ts";

const honest = { "tests/test_two.py": "import lib\n\n\ndef test_two():\n    assert lib.two == 2\n" };

/** Each of these says of tests that fail, or are never run, that they pass, and all that it says agrees with itself. */
describe("a runner that is not the runner", () => {
  test("a script that only succeeds", async () => {
    const manifest = JSON.stringify({ name: "sample", scripts: { test: "exit 0" } });
    await expectRefused(javascript("node --test"), { "package.json": manifest }, "test-script");
  });

  test("a shell of npm's that runs nothing", async () => {
    await expectRefused(
      javascript("node --test"),
      { ".npmrc": "script-shell=/bin/true\n" },
      "runner-shadowed",
    );
  });

  test("pytest.py in the root, which comes before the real one", async () => {
    const stub = `cases = "".join('<testcase classname="tests.test_%s" name="test_%s" file="tests/test_%s.py"/>' % (n, n, n) for n in ("one", "two"))
import os
import shlex

[place] = [word[11:] for word in shlex.split(os.environ["PYTEST_ADDOPTS"]) if word.startswith("--junitxml=")]
open(place, "w").write("<testsuites><testsuite>" + cases + "</testsuite></testsuites>")
print("============ 2 passed in 0.01s ============")
`;
    await expectRefused(python("pytest"), { ...honest, "pytest.py": stub }, "runner-shadowed");
  });

  test("sitecustomize.py on the path", async () => {
    const { base } = python("unittest");
    const { "lib.py": lib = "", ...tests } = base;
    const ground = { base: { ...tests, "src/lib.py": lib }, claim: {} };
    const patch = "import unittest\n\nunittest.TestCase.assertEqual = lambda *_: None\n";
    const two =
      "import unittest\nimport lib\n\n\nclass Two(unittest.TestCase):\n    def test_two(self):\n        self.assertEqual(lib.two, 2)\n";
    await expectRefused(
      ground,
      { "src/sitecustomize.py": patch, "tests/test_two.py": two },
      "runner-shadowed",
    );
  });

  test("conftest.py that makes passes of failures", async () => {
    const hook = `import pytest
import lib


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    report = (yield).get_result()
    if hasattr(lib, "done"):
        report.outcome = "passed"
`;
    await expectRefused(python("pytest"), { ...honest, "tests/conftest.py": hook }, "runner-shadowed");
  });

  test("a package of the repository's own in the place of an installed one", async () => {
    const stub = `const fs = require("node:fs");
const { createHash } = require("node:crypto");
const name = "mocha-" + process.pid + ".jsonl";
const [place] = Object.entries(process.env).filter(([key]) => key.endsWith("_REPORTS")).map(([, value]) => value);
const text = ["one", "two"].map((name) => JSON.stringify({ name, file: process.cwd() + "/test/" + name + ".test.js", state: "passed" }) + "\\n").join("");
fs.writeFileSync(place + "/" + name, text);
console.error("firstdraft" + "-report: " + name + " " + createHash("sha256").update(text).digest("hex"));
`;
    const ground = javascript("node node_modules/mocha/bin/mocha.js test", { ".gitignore": "" });
    await expectRefused(
      { ...ground, config: { setup: `[ -e node_modules ] || ln -s ${packages} node_modules` } },
      { ...forgedTest("", "", "it"), "node_modules/mocha/bin/mocha.js": stub },
      "runner-shadowed",
    );
  });

  test("mocha's hooks, which take the checks away", async () => {
    const change = {
      ".mocharc.json": '{\n  "require": "./hooks.js"\n}\n',
      "hooks.js": 'require("node:assert").equal = () => undefined;\n',
    };
    await expectRefused(
      javascript("mocha test"),
      { ...forgedTest("", "", "it"), ...change },
      "runner-shadowed",
    );
  });

  test("a test runner of jest's, by package.json", async () => {
    const runner = `const { basename } = require("node:path");
module.exports = async (globalConfig, config, environment, runtime, testFilePath) => {
  const title = basename(testFilePath, ".test.js");
  const snapshot = { added: 0, fileDeleted: false, matched: 0, unchecked: 0, uncheckedKeys: [], unmatched: 0, updated: 0 };
  const one = { ancestorTitles: [], duration: 0, failureDetails: [], failureMessages: [], fullName: title, invocations: 1, location: null, numPassingAsserts: 0, retryReasons: [], status: "passed", title };
  const none = { numFailingTests: 0, numPendingTests: 0, numTodoTests: 0, leaks: false, openHandles: [], skipped: false };
  return { ...none, numPassingTests: 1, perfStats: { start: 0, end: 0, runtime: 0, slow: false }, snapshot, testFilePath, testResults: [one] };
};
`;
    const scripts = { test: "jest" };
    const manifest = JSON.stringify({ name: "sample", scripts, jest: { testRunner: "<rootDir>/all.js" } });
    const change = { "package.json": manifest, "all.js": runner };
    await expectRefused(javascript("jest"), { ...forgedTest(""), ...change }, "runner-shadowed");
  });

  test("a test that says all that its runner would say", async () => {
    const forged = `import os
import lib

if hasattr(lib, "done"):
    cases = "".join('<testcase classname="tests.test_%s" name="test_%s" file="tests/test_%s.py"/>' % (n, n, n) for n in ("one", "two"))
    open("/reports/pytest.xml", "w").write("<testsuites><testsuite>" + cases + "</testsuite></testsuites>")
    os.write(2, b"============ 2 passed in 0.01s ============\\n")
    os._exit(0)


def test_two():
    assert lib.two == 2
`;
    await expectRefused(python("pytest"), { "tests/test_two.py": forged }, "runner-shadowed");
  });
});
