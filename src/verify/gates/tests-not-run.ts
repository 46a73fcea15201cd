import type { Finding } from "../types.ts";
import type { GateInput } from "./gate.ts";
import { ran } from "./ran.ts";

// Runners of other languages name packages or targets, which stand for many files.
const namesFiles = /\.[cm]?[jt]sx?$/;

/** Files of tests that the change adds or touches, of which the suite ran none: a browser or another command would. */
export function testsNotRun({ changed, tests }: GateInput): Finding[] {
  const carriedOut = tests.filter((test) => ran(test.head));
  if (carriedOut.length === 0 || carriedOut.some(({ file }) => file === null)) return [];
  return changed.files
    .filter(
      ({ path, status, after }) => namesFiles.test(path) && status !== "deleted" && after.blocks.length > 0,
    )
    .filter(({ path, after }) => {
      const names = after.blocks.map(({ name }) => name);
      // Tests may also be declared for another file.
      return !tests.some(({ file, name }) => file === path || names.some((one) => name.includes(one)));
    })
    .map(({ path }) => ({
      ...{ gate: "tests-not-run", weight: "remark", file: path, line: null },
      reason: "None of the tests in this file was run: the test command does not reach them.",
    }));
}
