import { expect, test } from "@jest/globals";
import { cargo } from "../../src/verify/runners/cargo.ts";
import { ctest } from "../../src/verify/runners/ctest.ts";
import { go } from "../../src/verify/runners/go.ts";
import { maven } from "../../src/verify/runners/maven.ts";

const one = (text: string) => new Map([["report", text]]);
const xml = (cases: string) =>
  one(`<?xml version="1.0"?><testsuites><testsuite name="s">${cases}</testsuite></testsuites>`);

test("go: tests by package, a package that does not compile as one failure", () => {
  const events = [
    { Action: "output", Package: "m/a", Test: "TestOne", Output: "a_test.go:3: no\n" },
    { Action: "fail", Package: "m/a", Test: "TestOne" },
    { Action: "fail", Package: "m/a" },
    { Action: "output", Package: "m/b", Output: "undefined: x\n" },
    { Action: "fail", Package: "m/b" },
  ];
  expect(go.read(one(events.map((event) => JSON.stringify(event)).join("\n")))).toEqual([
    { name: "TestOne", file: "m/a", state: "failed", message: "a_test.go:3: no\n" },
    { name: "m/b", file: "m/b", state: "failed", message: "undefined: x\n", scope: "file" },
  ]);
});

test("go: the file that declares a test, found by its module, and a package that did not build", () => {
  const listing = [
    "./go.mod:module example.com/m // the root",
    "./a_test.go:func TestOne",
    "./tools/go.mod:module example.com/m/tools",
    "./tools/b/b_test.go:func TestTwo",
    "./tools/b/b_linux_test.go:func TestEach",
    "./tools/b/b_windows_test.go:func TestEach",
  ];
  const printed = [
    "# example.com/m [example.com/m.test]",
    "./a_test.go:3:2: undefined: x",
    "FAIL\texample.com/m [build failed]",
    ...["TestTwo/part", "TestEach"].map((Test) =>
      JSON.stringify({ Action: "pass", Package: "example.com/m/tools/b", Test }),
    ),
  ];
  const reports = new Map([
    ["declarations", listing.join("\n")],
    ["output", printed.join("\n")],
  ]);
  expect(go.read(reports)).toEqual([
    {
      name: "a_test.go",
      file: "a_test.go",
      state: "failed",
      scope: "file",
      message: "./a_test.go:3:2: undefined: x\n",
    },
    { name: "TestTwo/part", file: "tools/b/b_test.go", state: "passed" },
    { name: "TestEach", file: "example.com/m/tools/b", state: "passed" },
  ]);
});

test("go: from 1.24 on the compiler's words are events too", () => {
  const events = [
    { ImportPath: "m/b [m/b.test]", Action: "build-output", Output: "b/b_test.go:3:2: undefined: x\n" },
    { ImportPath: "m/b [m/b.test]", Action: "build-fail" },
    { Action: "output", Package: "m/b", Output: "FAIL\tm/b [build failed]\n" },
    { Action: "fail", Package: "m/b", FailedBuild: "m/b [m/b.test]" },
  ];
  expect(go.read(one(events.map((event) => JSON.stringify(event)).join("\n")))).toMatchObject([
    { file: "m/b", scope: "file", message: expect.stringContaining("undefined: x") },
  ]);
});

test("cargo: tests by target", () => {
  const text =
    "     Running unittests src/lib.rs (target/debug/deps/a-1)\ntest tests::one ... ok\ntest tests::two ... FAILED\ntest tests::big ... ignored\n\n---- tests::two stdout ----\npanicked\n\nfailures:\n";
  expect(cargo.read(one(text))).toMatchObject([
    { name: "tests::one", file: "src/lib.rs", state: "passed" },
    { name: "tests::two", state: "failed", message: expect.stringContaining("panicked") },
    { name: "tests::big", state: "skipped" },
  ]);
});

test("cargo: files by their package, tests of the same name apart, documentation without its lines", () => {
  const listing = [
    './Cargo.toml:name = "my-app"',
    './crates/other/Cargo.toml:name = "other"',
    "./src/lib.rs",
    "./tests/a.rs",
    "./crates/other/src/lib.rs",
    "./crates/other/tests/a.rs",
  ].join("\n");
  const output = [
    "     Running unittests src/lib.rs (target/debug/deps/my_app-04317d690c744619)",
    "test tests::one ... ok",
    "     Running tests/a.rs (target/debug/deps/a-8e23343959f338bd)",
    "test one ... FAILED",
    "---- one stdout ----",
    "first",
    "",
    "failures:",
    "     Running unittests src/lib.rs (target/debug/deps/other-fc6214383fc0deb3)",
    "test tests::one ... ok",
    "     Running tests/a.rs (target/debug/deps/a-7c65b9e40f3acf0f)",
    "test one ... FAILED",
    "---- one stdout ----",
    "second",
    "failures:",
    "   Doc-tests other",
    "test src/lib.rs - median (line 4) ... ok",
  ].join("\n");
  const reports = new Map([
    ["declarations", listing],
    ["output", output],
  ]);
  expect(cargo.read(reports)).toMatchObject([
    { name: "tests::one", file: "src/lib.rs" },
    { name: "one", file: "tests/a.rs", message: expect.stringContaining("first") },
    { name: "tests::one", file: "crates/other/src/lib.rs" },
    { name: "one", file: "crates/other/tests/a.rs", message: expect.stringContaining("second") },
    { name: "doc-test median", file: "crates/other/src/lib.rs", state: "passed" },
  ]);
});

test("Maven and Gradle: the file of a class, in the module that reports it", () => {
  const report = xml('<testcase classname="org.a.OneTest$Inner" name="works"/>').get("report") ?? "";
  const sources = ["a/src/test/java/org/a/OneTest.java", "b/src/test/java/org/a/OneTest.java"];
  const reports = new Map([
    ["declarations", sources.map((path) => `./${path}`).join("\n")],
    ["b/target/surefire-reports/TEST-org.a.OneTest.xml", report],
  ]);
  expect(maven.read(reports)).toEqual([
    { name: "org.a.OneTest$Inner::works", file: "b/src/test/java/org/a/OneTest.java", state: "passed" },
  ]);
});

test("Catch2: a program's own test cases take its place; one that may fail is no failure", () => {
  const program = xml(`<testcase classname="text.global" name="trims" status="run"/>
    <testcase classname="text.global" name="may" status="run"><skipped message="TEST_CASE tagged with !mayfail"/><failure message="1 == 2" type="CHECK"/></testcase>`);
  const whole = xml(
    '<testcase classname="text" name="text" status="run"/><testcase name="other" status="run"/>',
  );
  const reports = new Map([
    ["catch2-text.xml", program.get("report") ?? ""],
    ["ctest.xml", whole.get("report") ?? ""],
  ]);
  expect(ctest.read(reports)).toEqual([
    { name: "trims", file: null, state: "passed" },
    { name: "may", file: null, state: "skipped" },
    { name: "other", file: null, state: "passed" },
  ]);
});
