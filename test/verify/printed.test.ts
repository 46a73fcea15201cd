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

  test("a block for each file, as SymPy's own runner prints it, with what it says of failures", () => {
    const results = printed(
      ...["============ test process starts ============", "random seed:  1", ""],
      ...["lib/tests/test_a.py[6] ", "test_one ok", "test_two F", "test_err E", "test_xf f", "test_xp X"],
      ...["test_sk no reason s                              [FAIL]", "", "lib/tests/test_b.py[0]", ""],
      ...["lib/tests/test_c.py[1] ", "test_one ok                          [OK]", "", ""],
      ...["________ xpassed tests ________", "lib/tests/test_a.py: test_xp", ""],
      "____________________________________________",
      ...["____ lib/tests/test_a.py:test_two ____", "  File a, line 2", "AssertionError"],
      " tests finished: 2 passed, 1 failed, 1 skipped, 1 expected to fail, ",
      "1 expected to fail but passed, 1 exceptions, in 0.95 seconds ",
    );
    expect(results.map(({ name, file, state }) => `${file} ${name} ${state}`)).toEqual([
      "lib/tests/test_a.py test_one passed",
      "lib/tests/test_a.py test_two failed",
      "lib/tests/test_a.py test_err failed",
      "lib/tests/test_a.py test_xf skipped",
      "lib/tests/test_a.py test_xp passed",
      "lib/tests/test_a.py test_sk skipped",
      "lib/tests/test_b.py lib/tests/test_b.py failed",
      "lib/tests/test_c.py test_one passed",
    ]);
    expect(results[1]?.message).toBe("File a, line 2\nAssertionError");
    expect(results[6]?.scope).toBe("file");
  });

  test("that runner is asked for a line a test, and for some files", () => {
    const toolchain = {
      name: "configured",
      setup: null,
      runner: "command",
      manifests: [],
      setupReadsSources: true,
    } as const;
    const asked = (test: string) =>
      command.ask({ ...toolchain, test }, { reports: "/r", programs: "/p" }).command;
    expect(asked("X=1 python3.9 -W ignore bin/test -C")).toBe(
      "X=1 python3.9 -W ignore bin/test --verbose -C",
    );
    expect(asked("PYTHONPATH=x python3 bin/test -C")).toBe("PYTHONPATH=x python3 bin/test --verbose -C");
    expect(asked("python bin/test --verbose")).toBe("python bin/test --verbose");
    expect(asked("bin/test")).toBe("bin/test");
    const only = (test: string, ...files: string[]) => command.only?.({ ...toolchain, test }, files);
    expect(only("python bin/test -C", "lib/tests/test_a.py")).toBe("python bin/test -C lib/tests/test_a.py");
    expect(only("make && ./run", "lib/tests/test_a.py")).toBeNull();
    expect(only("python bin/test", "a.txt")).toBeNull();
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
