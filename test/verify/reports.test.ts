import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { jest } from "../../src/verify/runners/jest.ts";
import { readJunit } from "../../src/verify/runners/junit.ts";
import { cleanResults } from "../../src/verify/suite/clean-results.ts";
import { judgeRun } from "../../src/verify/suite/judge-run.ts";
import { readReports, readReportsIn, removeReportsIn } from "../../src/verify/suite/read-reports.ts";

const one = (text: string) => new Map([["report", text]]);
const xml = (cases: string) =>
  one(`<?xml version="1.0"?><testsuites><testsuite name="s">${cases}</testsuite></testsuites>`);

describe("JUnit XML", () => {
  test("gives names, files, states and messages", () => {
    const report = xml(`<testcase classname="tests.test_a.TestSum" name="test_add" file="tests/test_a.py"/>
      <testcase classname="tests.test_a" name="test_sub" file="tests/test_a.py"><failure message="1 &lt; 2">1 &lt; 2&#10;at line 3</failure></testcase>
      <testcase classname="x" name="late"><skipped/></testcase>
      <testcase classname="x" name="off" status="notrun"/>
      <testcase classname="x" name="err"><error message="boom"/></testcase>`);
    expect(readJunit(report)).toEqual([
      { name: "TestSum::test_add", file: "tests/test_a.py", state: "passed" },
      { name: "test_sub", file: "tests/test_a.py", state: "failed", message: "1 < 2\nat line 3" },
      { name: "x::late", file: null, state: "skipped" },
      { name: "x::off", file: null, state: "skipped" },
      { name: "x::err", file: null, state: "failed", message: "boom" },
    ]);
  });

  test("with nested suites and a single root is the same", () => {
    const report = one('<testsuite file="a.js"><testsuite><testcase name="one"/></testsuite></testsuite>');
    expect(readJunit(report)).toEqual([{ name: "one", file: "a.js", state: "passed" }]);
  });

  test.each([
    ["entities of its own", '<!DOCTYPE a [<!ENTITY b "c">]><testsuite><testcase name="&b;"/></testsuite>'],
    ["no suite", "<html><body/></html>"],
    ["half a document", "<testsuite><testcase name="],
    ["nothing", ""],
    ["endless nesting", `${"<testsuite>".repeat(200)}${"</testsuite>".repeat(200)}`],
  ])("with %s is refused", (_name, text) => {
    expect(() => readJunit(one(text))).toThrow();
  });

  test("with names like those of JavaScript's own objects does no harm", () => {
    const report = xml('<testcase name="__proto__"/>');
    expect(readJunit(report)).toMatchObject([{ name: "__proto__", state: "passed" }]);
    expect(() => readJunit(xml('<testcase name="a" __proto__="1"/>'))).toThrow();
  });

  test("may log HTML, and any number of escaped characters", () => {
    const report = xml(
      `<testcase name="a"><failure>${"&lt;".repeat(200_000)}</failure><system-out><![CDATA[<!DOCTYPE html>]]></system-out></testcase>`,
    );
    expect(readJunit(report)[0]?.message).toHaveLength(200_000);
  });
});

describe("the runners' own forms", () => {
  test("jest: a file that could not be loaded stands for its tests", () => {
    const report = {
      testResults: [
        { name: "/workspace/a.test.js", status: "failed", message: "no such module", assertionResults: [] },
      ],
    };
    expect(jest.read(one(JSON.stringify(report)))).toMatchObject([
      { file: "/workspace/a.test.js", state: "failed", scope: "file" },
    ]);
  });

  test("vitest: a hook of a whole file that failed stands beside its tests, which were not run", () => {
    const assertionResults = [{ title: "one", ancestorTitles: ["page"], status: "skipped" }];
    const entry = {
      name: "/workspace/e2e.test.js",
      status: "failed",
      message: "no browser",
      assertionResults,
    };
    expect(jest.read(one(JSON.stringify({ testResults: [entry] })))).toMatchObject([
      { name: "page > one", state: "skipped" },
      { name: "/workspace/e2e.test.js", state: "failed", scope: "file", message: "no browser" },
    ]);
  });
});

describe("report files", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "firstdraft-reports-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  test("are plain files only: no link, no pipe, no folder", async () => {
    writeFileSync(join(folder, "a.xml"), "a");
    symlinkSync("/etc/passwd", join(folder, "b.xml"));
    execFileSync("mkfifo", [join(folder, "c.xml")]);
    mkdirSync(join(folder, "d.xml"));
    expect([...(await readReports(folder))]).toEqual([["a.xml", "a"]]);
  });

  test("are refused where they are too large", async () => {
    writeFileSync(join(folder, "a.xml"), "");
    truncateSync(join(folder, "a.xml"), 1024 ** 3);
    await expect(readReports(folder)).rejects.toThrow("32 MiB");
  });

  test("in a checkout are found by their pattern, never through a link, and removed before a run", async () => {
    mkdirSync(join(folder, "build"));
    writeFileSync(join(folder, "build/a.xml"), "a");
    symlinkSync("/etc", join(folder, "build/etc"));
    symlinkSync("/etc/passwd", join(folder, "build/passwd"));
    for (const pattern of ["build/*.xml", "build/**"]) {
      expect([...(await readReportsIn(folder, pattern)).keys()]).toEqual(["build/a.xml"]);
    }
    expect((await readReportsIn(folder, "../../../etc/passwd")).size).toBe(0);
    await removeReportsIn(folder, "build/*.xml");
    expect((await readReportsIn(folder, "build/*.xml")).size).toBe(0);
  });
});

test("results become one-line names, paths of the repository and short messages", () => {
  const message = `\u001b[31mfirst\u001b[0m /workspace/a.js:1\n    at x (/workspace/node_modules/y.js:1:1)\n${"line\n".repeat(100)}`;
  const same = { name: "a\n\u0007b\u202e", file: "/workspace/a.js", state: "failed", message } as const;
  const outside = { name: "c", file: "/etc/passwd", state: "passed" } as const;
  const [first, second, third] = cleanResults([same, same, outside], {
    inside: "/workspace",
    redact: (text) => text,
  });
  expect(first).toMatchObject({ name: "a b", file: "a.js" });
  expect(first?.message).toMatch(/^first a\.js:1\nline\n/);
  expect(first?.message?.split("\n")).toHaveLength(41);
  expect(second?.name).toBe("a b (2)");
  expect(third?.file).toBeNull();
});

const passed = { name: "a", file: null, state: "passed" } as const;
const failed = { name: "b", file: null, state: "failed" } as const;
const run = {
  exitCode: 0,
  timedOut: false,
  reported: true,
  readable: true,
  missing: false,
  foundNothing: false,
  contradicted: false,
  tests: [passed],
};

test.each([
  ["all passed", {}, null],
  ["some failed", { exitCode: 1, tests: [passed, failed] }, null],
  ["timed out", { timedOut: true, exitCode: null }, "timeout"],
  ["no report", { reported: false, tests: [], exitCode: 1 }, "no-report"],
  ["no runner", { reported: false, tests: [], exitCode: 127, missing: true }, "runner-missing"],
  ["a broken report", { readable: false, tests: [] }, "report-unreadable"],
  ["an empty report", { tests: [] }, "no-tests-ran"],
  [
    "the runner found nothing",
    { tests: [], reported: false, exitCode: 1, foundNothing: true },
    "no-tests-ran",
  ],
  ["failed before its first test", { tests: [], exitCode: 1 }, "no-report"],
  ["failed, but all passed", { exitCode: 1 }, "runner-failed"],
  ["killed, but all passed", { exitCode: null }, "runner-failed"],
  ["succeeded, but one failed", { tests: [failed] }, "runner-failed"],
  ["another end than its report", { contradicted: true }, "report-contradicted"],
])("a run with %s", (_name, facts, problem) => {
  expect(judgeRun({ ...run, ...facts })).toBe(problem);
});
