import { expect, test } from "@jest/globals";
import { failureKind } from "../../src/verify/failure-kind.ts";

test.each([
  [
    "node:test",
    "AssertionError [ERR_ASSERTION]: Expected values to be strictly equal:\n\n3 !== 2",
    "assertion",
  ],
  [
    "jest",
    "Error: expect(received).toBe(expected) // Object.is equality\n\nExpected: 3\nReceived: 2",
    "assertion",
  ],
  [
    "jest, a name that is missing",
    "TypeError: lib.mean is not a function\n    at Object.<anonymous> (a.test.js:4:10)",
    "missing-symbol",
  ],
  ["vitest", "Error: Failed to load url ../src/twice.js (resolved id: ../src/twice.js)", "import-error"],
  ["node", "Error [ERR_MODULE_NOT_FOUND]: Cannot find module '/workspace/twice.js'", "import-error"],
  [
    "node, an export",
    "SyntaxError: The requested module '../lib.js' does not provide an export named 'mean'",
    "missing-symbol",
  ],
  ["jest, a broken file", "SyntaxError: Unexpected token (3:7)", "compile-error"],
  ["jest, too slow", 'thrown: "Exceeded timeout of 5000 ms for a test.', "timeout"],
  [
    "pytest",
    "assert 3 == 2\n +  where 3 = mean([1, 2])\ndef test_mean():\n>       assert mean([1, 2]) == 2\nE       assert 3 == 2",
    "assertion",
  ],
  [
    "pytest, raised",
    "ZeroDivisionError: division by zero\ndef test_mean():\n>       assert mean([]) == 0",
    "error",
  ],
  [
    "pytest, a name",
    "collection failure\nImportError while importing test module\nE   ImportError: cannot import name 'mean' from 'lib'",
    "missing-symbol",
  ],
  [
    "pytest, a module",
    "collection failure\ntests/test_twice.py:1: in <module>\nE   ModuleNotFoundError: No module named 'twice'",
    "import-error",
  ],
  [
    "unittest",
    'Traceback (most recent call last):\n  File "t.py", line 5, in test_a\nAssertionError: 3 != 2',
    "assertion",
  ],
  ["go", "=== RUN   TestMean\n    lib_test.go:9: got 3, want 2\n--- FAIL: TestMean (0.00s)", "assertion"],
  [
    "go, a symbol",
    "# example.test/lib [example.test/lib.test]\n./lib_test.go:12:5: undefined: Mean\nFAIL\texample.test/lib [build failed]",
    "missing-symbol",
  ],
  [
    "go, a panic",
    "--- FAIL: TestMean (0.00s)\npanic: runtime error: index out of range [3] with length 3",
    "error",
  ],
  [
    "rust",
    "thread 'tests::mean' panicked at src/lib.rs:9:5:\nassertion `left == right` failed\n  left: 3\n right: 2",
    "assertion",
  ],
  [
    "rust, a symbol",
    "error[E0425]: cannot find function `mean` in this scope\n --> tests/mean.rs:3:16",
    "missing-symbol",
  ],
  [
    "rust, types",
    "error[E0308]: mismatched types\n --> tests/mean.rs:3:16\nerror: could not compile `lib`",
    "compile-error",
  ],
  [
    "maven",
    "[ERROR] COMPILATION ERROR :\n[ERROR] /w/src/test/java/LibTest.java:[9,21] cannot find symbol",
    "missing-symbol",
  ],
  ["junit", "org.junit.ComparisonFailure: expected:<[3]> but was:<[2]>", "assertion"],
  ["c++", "lib_test.cpp:6:13: error: 'mean' was not declared in this scope", "missing-symbol"],
  ["c++, a header", "lib_test.cpp:1:10: fatal error: twice.hpp: No such file or directory", "import-error"],
  ["googletest", "/w/lib_test.cpp:6: Failure\nExpected equality of these values:\n  mean(1)", "assertion"],
  ["ctest, a crash", "***Exception: SegFault\nSegmentation fault", "crash"],
  [
    "unity, of C",
    "/w/t/mean_test.c:9:adds:PASS\n/w/t/mean_test.c:14:halves:FAIL: Expected 2 Was 3",
    "assertion",
  ],
  ["unity, no reason given", "t/mean_test.c:14:halves:FAIL", "assertion"],
  ["nothing known", "something odd", "error"],
])("%s", (_, message, kind) => {
  expect(failureKind(message)).toBe(kind);
});
