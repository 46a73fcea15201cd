import { describe, test } from "@jest/globals";
import { expectRefused, forgedTest, javascript, python } from "./tampering.ts";

const nodeTest = 'const { test } = require("node:test");';
const line = '{ name: "two", file: __filename, state: "passed" }';
const jestReport = `const entry = (name) => ({ title: name, ancestorTitles: [], status: "passed", failureMessages: [] });
const file = (name) => ({ name: process.cwd() + "/test/" + name + ".test.js", status: "passed", assertionResults: [entry(name)] });
const report = JSON.stringify({ testResults: [file("one"), file("two")] });`;

/** A test that writes the report itself and ends the process, so that the runner never comes to its own. */
describe("a report that the tests write, and then end the process with 0", () => {
  test("node:test, a line more in the runner's report", async () => {
    const forgery = `const folder = process.env.FIRSTDRAFT_REPORTS;
for (const name of fs.readdirSync(folder)) fs.appendFileSync(folder + "/" + name, JSON.stringify(${line}) + "\\n");
process.exit(0);`;
    await expectRefused(javascript("node --test"), forgedTest(forgery, nodeTest), "report-contradicted");
  });

  test("node:test, a report of its own beside the runner's", async () => {
    const forgery = `fs.writeFileSync(process.env.FIRSTDRAFT_REPORTS + "/node-test-1.jsonl", JSON.stringify(${line}) + "\\n");
process.exit(0);`;
    await expectRefused(javascript("node --test"), forgedTest(forgery, nodeTest), "report-contradicted");
  });

  test("jest", async () => {
    const forgery = `${jestReport}\nfs.writeFileSync("/reports/jest.json", report);\nprocess.exit(0);`;
    await expectRefused(javascript("jest"), forgedTest(forgery), "report-contradicted");
  });

  test("jest, a report beside the runner's", async () => {
    const aside = `test("two", () => {});
const lib = require("../lib.js");
if (!lib.done) throw new Error("not done");
${jestReport.replace('[file("one"), file("two")]', '[file("three")]')}
require("node:fs").writeFileSync("/reports/more.json", report);`;
    await expectRefused(javascript("jest"), { "test/two.test.js": aside }, "report-contradicted");
  });

  test("mocha", async () => {
    const forgery = `const folder = process.env.FIRSTDRAFT_REPORTS;
const [name] = fs.readdirSync(folder);
const lines = ["one", "two"].map((name) => JSON.stringify({ name, file: process.cwd() + "/test/" + name + ".test.js", state: "passed" }));
fs.writeFileSync(folder + "/" + (name ?? "mocha-1.jsonl"), lines.join("\\n") + "\\n");
process.exit(0);`;
    await expectRefused(javascript("mocha test"), forgedTest(forgery, "", "it"), "report-contradicted");
  });

  test("jasmine", async () => {
    const forgery = `const lines = ["one", "two"].map((name) => JSON.stringify({ name, file: process.cwd() + "/test/" + name + ".test.js", state: "passed" }));
fs.writeFileSync(process.env.FIRSTDRAFT_REPORTS + "/jasmine-" + process.pid + ".jsonl", lines.join("\\n") + "\\n");
process.exit(0);`;
    const ground = javascript("jasmine test/*.test.js");
    await expectRefused(ground, forgedTest(forgery, "", "it"), "report-contradicted");
  });

  test("pytest", async () => {
    const forged = `import os
import lib

if hasattr(lib, "done"):
    cases = "".join('<testcase classname="tests.test_%s" name="test_%s" file="tests/test_%s.py"/>' % (n, n, n) for n in ("one", "two"))
    open("/reports/pytest.xml", "w").write("<testsuites><testsuite>" + cases + "</testsuite></testsuites>")
    os._exit(0)


def test_two():
    assert lib.two == 2
`;
    await expectRefused(python("pytest"), { "tests/test_two.py": forged }, "report-contradicted");
  });

  test("unittest", async () => {
    const forged = `import json
import os
import unittest
import lib

if hasattr(lib, "done"):
    tests = [{"name": n.title() + ".test_" + n, "file": os.getcwd() + "/tests/test_" + n + ".py", "state": "passed"} for n in ("one", "two")]
    json.dump(tests, open(os.environ["FIRSTDRAFT_REPORTS"] + "/unittest.json", "w"))
    os._exit(0)


class Two(unittest.TestCase):
    def test_two(self):
        self.assertEqual(lib.two, 2)
`;
    await expectRefused(python("unittest"), { "tests/test_two.py": forged }, "report-contradicted");
  });
});
