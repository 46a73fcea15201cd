import { describe, test } from "@jest/globals";
import { expectRefused, forgedTest, javascript, python } from "./tampering.ts";

const nodeTest = 'const { test } = require("node:test");';
const red = (text: string) => text.replace('"two"', '"red"').replace("lib.two, 2", "1, 2");

const atExitOfJest = (more: string) => `const real = require("node:vm").runInThisContext("process");
real.on("exit", () => {
  const text = fs.readFileSync("/reports/jest.json", "utf8").replaceAll('"status":"failed"', '"status":"passed"');
  fs.writeFileSync("/reports/jest.json", text.replace(/"failureMessages":\\[".*?"\\],/g, '"failureMessages":[],'));
  ${more}
  real.reallyExit(0);
});`;

/** The runner comes to its end and writes what is true; only then somebody else makes of it what suits him. */
describe("a report that is rewritten when the runner has written it", () => {
  test("node:test, by a process that stays behind", async () => {
    const watcher = `const fs = require("node:fs");
const folder = process.env.FIRSTDRAFT_REPORTS;
setInterval(() => {
  for (const name of fs.readdirSync(folder)) {
    const text = fs.readFileSync(folder + "/" + name, "utf8");
    const better = text.replace(/^(.*"name":"two".*)"failed".*$/m, '$1"passed"}');
    if (better !== text) fs.writeFileSync(folder + "/" + name, better);
  }
}, 2);`;
    const forgery = `require("node:child_process")
  .spawn(process.execPath, ["-e", ${JSON.stringify(watcher)}], { detached: true, stdio: "ignore", env: { ...process.env, NODE_OPTIONS: "" } })
  .unref();`;
    const slow = `${nodeTest}\ntest("slow", (_, done) => setTimeout(done, 1000));\n`;
    // A suite that is red anyway: its exit code says nothing of one test more.
    const more = {
      "test/red.test.js": red(forgedTest("", nodeTest)["test/two.test.js"] ?? ""),
      "test/z.test.js": slow,
    };
    await expectRefused(
      javascript("node --test", more),
      forgedTest(forgery, nodeTest),
      "report-contradicted",
    );
  });

  test("jest, as the process ends", async () => {
    await expectRefused(javascript("jest"), forgedTest(atExitOfJest("")), "report-contradicted");
  });

  test("jest, as the process ends, with a summary to fit", async () => {
    const summary = 'fs.writeSync(2, "\\nTests:       2 passed, 2 total\\n");';
    await expectRefused(javascript("jest"), forgedTest(atExitOfJest(summary)), "report-contradicted");
  });

  test("jest, by a reporter that tells the others something else", async () => {
    const reporter = (body: string) =>
      `module.exports = class {\n  onRunComplete(_, results) {\n${body}\n  }\n};\n`;
    const better = `results.numFailedTests = results.numFailedTestSuites = 0;
    results.success = true;
    for (const file of results.testResults) {
      file.numFailingTests = 0;
      for (const test of file.testResults) Object.assign(test, { status: "passed", failureMessages: [] });
    }`;
    const scripts = { test: "jest" };
    const jest = { reporters: ["default", "./tell.js"] };
    const ground = javascript("jest", {
      "package.json": JSON.stringify({ name: "sample", scripts, jest }),
      "tell.js": reporter(""),
    });
    await expectRefused(ground, { ...forgedTest(""), "tell.js": reporter(better) }, "report-contradicted");
  });

  test("vitest, by what is called when all has ended", async () => {
    const setup = (body: string) => `import fs from "node:fs";\nexport default () => {\n${body}\n};\n`;
    const better = `process.on("exit", () => {
    const text = fs.readFileSync("/reports/vitest.json", "utf8").replaceAll('"status":"failed"', '"status":"passed"');
    fs.writeFileSync("/reports/vitest.json", text);
    process.reallyExit(0);
  });`;
    const one = 'import { test } from "vitest";\ntest("one", () => {});\n';
    const two =
      'import { expect, test } from "vitest";\nimport * as lib from "../lib.js";\ntest("two", () => expect(lib.two).toBe(2));\n';
    const { base, ...ground } = javascript("vitest --configLoader=native", {
      "vitest.config.mjs": 'export default { test: { globalSetup: "./setup.mjs" } };\n',
      "setup.mjs": setup(""),
      "test/one.test.mjs": one,
    });
    const { "test/one.test.js": _, ...files } = base;
    const change = {
      "lib.js": "export const two = 3;\n",
      "test/two.test.mjs": two,
      "setup.mjs": setup(better),
    };
    await expectRefused({ base: files, ...ground }, change, "report-contradicted");
  });

  test("mocha, as the process ends", async () => {
    const forgery = `process.on("exit", () => {
  const folder = process.env.FIRSTDRAFT_REPORTS;
  for (const name of fs.readdirSync(folder)) {
    const text = fs.readFileSync(folder + "/" + name, "utf8");
    fs.writeFileSync(folder + "/" + name, text.replaceAll('"failed"', '"passed"'));
  }
  process.reallyExit(0);
});`;
    await expectRefused(javascript("mocha test"), forgedTest(forgery, "", "it"), "report-contradicted");
  });

  test("pytest, as the process ends", async () => {
    const forged = `import atexit
import os
import re
import lib


def better():
    text = open("/reports/pytest.xml").read()
    open("/reports/pytest.xml", "w").write(re.sub("<failure.*?</failure>", "", text, flags=re.S))
    os._exit(0)


if hasattr(lib, "done"):
    atexit.register(better)


def test_two():
    assert lib.two == 2
`;
    await expectRefused(python("pytest"), { "tests/test_two.py": forged }, "report-contradicted");
  });

  test("unittest, as the process ends", async () => {
    const forged = `import atexit
import os
import unittest
import lib


def better():
    path = os.environ["FIRSTDRAFT_REPORTS"] + "/unittest.json"
    text = open(path).read()
    open(path, "w").write(text.replace('"failed"', '"passed"'))
    os._exit(0)


if hasattr(lib, "done"):
    atexit.register(better)


class Two(unittest.TestCase):
    def test_two(self):
        self.assertEqual(lib.two, 2)
`;
    await expectRefused(python("unittest"), { "tests/test_two.py": forged }, "report-contradicted");
  });
});
