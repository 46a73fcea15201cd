import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { openSandbox } from "../../src/sandbox/open-sandbox.ts";
import { feedback } from "../../src/verify/feedback.ts";
import { type Files, fixture } from "./repository.ts";
import { verifyChange } from "./verifying.ts";

const sandbox = await openSandbox({ provider: "bubblewrap", acceptNoSandbox: false });
const manifest = (scripts: Record<string, string>) => JSON.stringify({ scripts }, null, 2);
const nodeTest = (name: string, body: string) =>
  `const test = require("node:test");\nconst assert = require("node:assert");\ntest("${name}", () => {\n  ${body}\n});\n`;
/** A program that lets node's runner run, and ends as it likes. */
const endingWith = (code: number) =>
  `require("node:child_process").spawnSync(process.execPath, ["--test"], { stdio: "inherit" });\nprocess.exitCode = ${code};\n`;
const base: Files = {
  "package.json": manifest({ test: "node --test" }),
  "lib.js": "exports.one = 1;\nexports.two = 3;\n",
  "test/one.test.js": nodeTest("one", 'assert.equal(require("../lib.js").one, 1);'),
};
const fixed = { "lib.js": "exports.one = 1;\nexports.two = 2;\n" };
const testOfTwo = { "test/two.test.js": nodeTest("two", 'assert.equal(require("../lib.js").two, 2);') };

async function verdictOn(
  files: Files,
  change: Files,
  options: Omit<Parameters<typeof verifyChange>[2], "sandbox"> = {},
) {
  using repository = await fixture(files);
  return await verifyChange(repository, change, { sandbox, ...options });
}

describe("a suite that cannot be used", () => {
  test("that hangs is a timeout", async () => {
    const hanging = { "test/one.test.js": nodeTest("one", "for (;;);") };
    const within = (testMs: number) => ({ limits: { testMs } });
    expect(await verdictOn({ ...base, ...hanging }, fixed, within(2_000))).toMatchObject({
      verdict: "unverified",
      reason: "suite-unusable",
      problem: "timeout",
    });
    // Time enough for the base, which has to pass.
    const atHead = await verdictOn(base, { ...fixed, ...hanging }, within(8_000));
    expect(atHead).toMatchObject({ verdict: "failed", reason: "still-red", problem: "timeout" });
  });

  test("whose setup fails says what setup said", async () => {
    const options = { config: { setup: "echo no such package; exit 3" } };
    const verification = await verdictOn(base, fixed, options);
    expect(verification).toMatchObject({
      verdict: "unverified",
      reason: "suite-unusable",
      problem: "setup-failed",
    });
    expect(verification.suites.base).toMatchObject({ exitCode: 3, output: "no such package" });
    expect(verification.suites.head).toBeUndefined();
    expect(feedback(verification)).toContain("no such package");
  });

  test("that succeeds without running anything has run no tests", async () => {
    const empty = { "package.json": manifest({ test: "node --test" }), "lib.js": "exports.two = 3;\n" };
    expect(await verdictOn(empty, fixed)).toMatchObject({
      verdict: "unverified",
      reason: "suite-unusable",
      problem: "no-tests-ran",
    });
  });

  test("that fails although every test passed is not believed", async () => {
    const script = { "package.json": manifest({ test: "node run.js" }), "run.js": endingWith(4) };
    expect(await verdictOn({ ...base, ...script }, fixed)).toMatchObject({
      verdict: "unverified",
      problem: "runner-failed",
    });
  });

  test("that succeeds although a test failed is not believed", async () => {
    const script = { "package.json": manifest({ test: "node run.js" }), "run.js": endingWith(0) };
    expect(await verdictOn({ ...base, ...script, ...testOfTwo }, fixed)).toMatchObject({
      verdict: "unverified",
      problem: "runner-failed",
    });
  });

  test.each([
    [{ test: ".venv/bin/python -m pytest", setup: "python3 -m venv --without-pip .venv" }],
    [{ test: "jest" }],
  ])("that needs a runner which is not installed: %j", async (config) => {
    expect(await verdictOn(base, fixed, { config })).toMatchObject({
      verdict: "unverified",
      reason: "suite-unusable",
      problem: "runner-missing",
    });
  });

  test("that is not there at all", async () => {
    expect(await verdictOn({ "README.md": "hello\n" }, { "README.md": "hello again\n" })).toMatchObject({
      verdict: "unverified",
      reason: "no-test-command",
      testCommand: null,
    });
  });
});

describe("a configured command", () => {
  const script = `n=$(cat number); mkdir -p out
if [ "$n" = "$(cat test/wanted)" ]; then echo '<testsuite><testcase name="n"/></testsuite>' > out/report.xml
else echo '<testsuite><testcase name="n"><failure message="wrong"/></testcase></testsuite>' > out/report.xml; exit 1; fi
`;
  const files = { "check.sh": script, number: "1\n", "test/wanted": "2\n" };

  test("is read by the report that it writes", async () => {
    const options = { config: { test: "sh check.sh", report: "out/report.xml" } };
    const verification = await verdictOn(files, { number: "2\n" }, options);
    expect(verification).toMatchObject({ verdict: "verified", testCommand: "sh check.sh" });
    expect(verification.tests).toMatchObject([
      { name: "n", base: "failed", head: "passed", message: "wrong" },
    ]);
  });

  test("does not get by with a report that lies in the repository", async () => {
    const stale = { "out/report.xml": '<testsuite><testcase name="n"/></testsuite>' };
    const options = { config: { test: "true", report: "out/report.xml" } };
    expect(await verdictOn({ ...files, ...stale }, { number: "2\n" }, options)).toMatchObject({
      verdict: "unverified",
      problem: "no-report",
    });
  });

  test("without a report is one test, by its exit code", async () => {
    const verification = await verdictOn(files, { number: "2\n" }, { config: { test: "sh check.sh" } });
    expect(verification.tests).toMatchObject([{ name: "sh check.sh", base: "failed", head: "passed" }]);
  });
});

describe("a change", () => {
  test("of nothing is never green", async () => {
    expect(await verdictOn(base, {})).toMatchObject({
      verdict: "failed",
      reason: "nothing-changed",
      suites: {},
    });
  });

  test("to a repository without tests is proved by its first test", async () => {
    const untested = { "package.json": manifest({}), "lib.js": "exports.two = 3;\n" };
    const verification = await verdictOn(untested, { "lib.js": "exports.two = 2;\n", ...testOfTwo });
    expect(verification).toMatchObject({ verdict: "verified", reason: "proved", testCommand: "node --test" });
  });

  test("whose new test passes on the base too proves nothing", async () => {
    const idle = { "test/two.test.js": nodeTest("two", "assert.equal([2].length, 1);") };
    const verification = await verdictOn(base, { ...fixed, ...idle });
    expect(verification).toMatchObject({ verdict: "tests-pass", reason: "new-test-passes-on-base" });
  });

  test("whose new test fails", async () => {
    const verification = await verdictOn(base, testOfTwo);
    expect(verification).toMatchObject({ verdict: "failed", reason: "new-test-fails" });
    expect(feedback(verification)).toContain("test/two.test.js: two");
  });

  test("that puts a red test right is proved by it", async () => {
    expect(await verdictOn({ ...base, ...testOfTwo }, fixed)).toMatchObject({
      verdict: "verified",
      reason: "proved",
    });
  });

  test("that deletes a test is blocked, whatever it proves", async () => {
    const verification = await verdictOn(base, { ...fixed, ...testOfTwo, "test/one.test.js": null });
    expect(verification).toMatchObject({ verdict: "failed", reason: "blocked-by-gate" });
    expect(verification.findings).toMatchObject([
      { gate: "test-deleted", weight: "blocking", file: "test/one.test.js" },
    ]);
  });

  test("that moves a test is not", async () => {
    const moved = {
      "test/one.test.js": null,
      "test/unit/one.test.js": base["test/one.test.js"]?.replace("../lib", "../../lib") ?? "",
    };
    const verification = await verdictOn(base, { ...fixed, ...testOfTwo, ...moved });
    expect(verification).toMatchObject({ verdict: "verified", findings: [] });
  });

  test("under which a test fails once and then passes is flaky, not broken", async () => {
    const flaky = `const fs = require("node:fs");
const seen = fs.readdirSync("/marks").length;
fs.writeFileSync("/marks/" + process.pid + Math.random(), "");
exports.one = seen === 0 ? 0 : 1;
exports.two = 2;
`;
    using repository = await fixture(base);
    const marks = mkdtempSync(join(tmpdir(), "firstdraft-marks-"));
    await sandbox.adopt(marks);
    const mount = { host: marks, inside: "/marks", writable: true };
    const marked = {
      ...sandbox,
      run: (command: Parameters<typeof sandbox.run>[0]) =>
        sandbox.run({ ...command, mounts: [...(command.mounts ?? []), mount] }),
    };
    const verification = await verifyChange(repository, { "lib.js": flaky }, { sandbox: marked });
    rmSync(marks, { recursive: true });
    expect(verification.tests).toMatchObject([{ name: "one", base: "passed", head: "passed", flaky: true }]);
    expect(verification.verdict).toBe("tests-pass");
  });
});

test("no secret stays in names, messages or output", async () => {
  const telling = {
    "test/one.test.js": nodeTest(
      "canary-secret",
      'console.log("canary-secret"); throw new Error("canary-secret");',
    ),
  };
  const verification = await verdictOn({ ...base, ...telling }, fixed);
  expect(JSON.stringify(verification)).not.toContain("canary-secret");
  expect(verification.tests).toMatchObject([{ name: "***", base: "failed" }]);
});
