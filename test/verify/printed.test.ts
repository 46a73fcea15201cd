import { describe, expect, test } from "@jest/globals";
import { command } from "../../src/verify/runners/command.ts";
import { ctest } from "../../src/verify/runners/ctest.ts";

describe("what a command prints of its tests", () => {
  const printed = (...lines: string[]) => command.read(new Map([["output", lines.join("\n")]]));

  test("TAP, with the test's name above its assertions as tape prints it", () => {
    expect(
      printed(
        ...["> tape", "TAP version 13", "# adds", "ok 1 should be equal", "not ok 2 should be sorted"],
        ...[
          "  ---",
          "    expected: 3",
          "  ...",
          "# later",
          "ok 3 - waits # SKIP no network",
          "1..3",
          "# tests 3",
        ],
      ),
    ).toEqual([
      { name: "adds > should be equal", file: null, state: "passed" },
      {
        name: "adds > should be sorted",
        file: null,
        state: "failed",
        message: "  ---\n    expected: 3\n  ...",
      },
      { name: "later > waits", file: null, state: "skipped" },
    ]);
  });

  test("TAP of a program that died before its plan", () => {
    expect(printed("TAP version 13", "# adds", "ok 1 yes", "TypeError: no")).toMatchObject([
      { name: "adds > yes" },
    ]);
  });

  test("Automake's", () => {
    const lines = ["PASS: tests/a", "FAIL: tests/b", "XFAIL: tests/c", "SKIP: tests/d"];
    expect(
      printed(...lines, "Testsuite summary for jot 1.0").map(({ name, state }) => [name, state]),
    ).toEqual([
      ["tests/a", "passed"],
      ["tests/b", "failed"],
      ["tests/c", "passed"],
      ["tests/d", "skipped"],
    ]);
    expect(printed(...lines)).toEqual([]);
    const bar = "=".repeat(30);
    const log = [
      "FAIL: tests/b",
      "=============",
      "",
      "1..1",
      "not ok 1 - two",
      "FAIL: tests/b.tap 1 - two",
      bar,
    ];
    expect(
      printed(
        ...["PASS: tests/a.sh", "FAIL: tests/b.tap 1 - two", "ERROR: tests/c.tap - exited with status 1"],
        ...[bar, "   jot 1.0: ./test-suite.log", bar, "# PASS:  1", ...log, "Testsuite summary for jot 1.0"],
      ),
    ).toEqual([
      { name: "tests/a.sh", file: null, state: "passed" },
      {
        ...{ name: "tests/b.tap > two", file: null, state: "failed" },
        message: "1..1\nnot ok 1 - two\nFAIL: tests/b.tap 1 - two",
      },
      {
        ...{ name: "tests/c.tap", file: null, state: "failed", scope: "file" },
        message: "exited with status 1",
      },
    ]);
  });

  test("a word in brackets before the name", () => {
    const lines = ["[ok]: SET and GET (12 ms)", "[err]: TTL in tests/a.tcl", "Expected 1", "[ok] no"];
    expect(printed(...lines, "[exception]: Executing test client: I/O error.", "I/O error")).toEqual([
      { name: "SET and GET", file: null, state: "passed" },
      { name: "TTL", file: null, state: "failed", message: "Expected 1" },
      {
        ...{ name: "(the rest of the run)", file: null, state: "failed", scope: "file" },
        message: "Executing test client: I/O error.\nI/O error",
      },
    ]);
  });

  test("nothing of the kind", () => {
    expect(printed("ok", "not ok", "PASS: a")).toEqual([]);
  });
});

describe("CTest and the programs it runs", () => {
  const suite = (...cases: string[]) => `<testsuite>${cases.join("")}</testsuite>`;
  const one = (name: string, className: string, inside = "") =>
    `<testcase name="${name}" classname="${className}">${inside}</testcase>`;

  test("a program's own tests take its place, but not where it failed without a failing test", () => {
    const failure = '<failure message="no"/>';
    const reports = new Map([
      [
        "ctest.xml",
        suite(
          one("math", "math"),
          one("text", "text", failure),
          one("crash", "crash", failure),
          one("c", "c"),
        ),
      ],
      ["math.xml", suite(one("Adds", "Sum"))],
      ["text.xml", suite(one("Trims", "Text", failure))],
      ["crash.xml", suite(one("Ends", "Crash"))],
    ]);
    expect(ctest.read(reports).map(({ name, state }) => [name, state])).toEqual([
      ["Sum.Adds", "passed"],
      ["Text.Trims", "failed"],
      ["Crash.Ends", "passed"],
      ["crash", "failed"],
      ["c", "passed"],
    ]);
  });

  test("a program of which CTest lists each test by itself", () => {
    const reports = new Map([
      ["ctest.xml", suite(one("Sum.Adds", "Sum.Adds"))],
      ["math.xml", suite(one("Adds", "Sum"))],
    ]);
    expect(ctest.read(reports)).toMatchObject([{ name: "Sum.Adds", state: "passed" }]);
  });
});
