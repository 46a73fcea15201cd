import { expect, test } from "@jest/globals";
import { progressLine } from "../../src/report/comment.ts";

test.each([
  [{}, "  result: 2 passed, 1 failed"],
  [{ files: 1 }, "  result (1 file of tests): 2 passed, 1 failed"],
  [{ files: 3 }, "  result (3 files of tests): 2 passed, 1 failed"],
])("a suite, and what it was limited to: %j", (limited, line) => {
  expect(progressLine({ type: "suite", which: "head", passed: 2, failed: 1, ...limited })).toBe(line);
});
