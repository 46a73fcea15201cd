import { basename } from "node:path";
import type { FileChange } from "../workspace/types.ts";
import { limitedTo } from "./plan/limit-plan.ts";
import type { Side } from "./side.ts";
import { holdsTests, type SplitChange } from "./test-files.ts";

/** More would not be a part of the suite but a good share of it. */
const maxFiles = 20;

/**
 * What the base with the new tests has to be asked about: the files of tests that a change touches. Empty where it also
 * touches what other tests may use: a helper, a fixture, or tests inside of sources.
 */
export function touchedTests({ tests }: SplitChange, inline: boolean): string[] {
  if (inline || !tests.every(({ path }) => holdsTests(path)) || tests.length > maxFiles) return [];
  return tests.filter(({ status }) => status !== "deleted").map(({ path }) => path);
}

/** The files of tests that matter most for a change: those that it touches, and those named after a source that it touches. */
export function testsFor(changes: readonly FileChange[], paths: readonly string[]): string[] {
  const tests = paths.filter(holdsTests);
  const touched = changes.filter(({ path, status }) => status !== "deleted" && holdsTests(path));
  const subjects = new Set(
    changes.filter(({ path }) => !holdsTests(path)).map(({ path }) => subjectOf(path)),
  );
  const near = tests.filter((path) => subjects.has(subjectOf(path)));
  return [...new Set([...touched.map(({ path }) => path), ...near])].slice(0, maxFiles);
}

/** What a file is about, by its name: `point` for `point.py`, `test_point.py` and `point.test.ts`. */
function subjectOf(path: string): string {
  return basename(path)
    .replace(/(\.[a-z]{1,5})+$/i, "")
    .replace(/^tests?[-_]|[-_.](tests?|spec)$/i, "")
    .toLowerCase();
}

/** `side` with a command that runs the tests in `files` alone, as far as it has them; null where its runner cannot be told. */
export function narrowed(side: Side, files: readonly string[]): Side | null {
  const { toolchain, look } = side;
  if (files.length === 0) return null;
  if (toolchain.test === null) return side;
  const here = files.filter((path) => look.paths.includes(path));
  // None of them: as a tree without tests.
  if (here.length === 0) return { ...side, toolchain: { ...toolchain, test: null } };
  const limited = limitedTo(toolchain, here);
  return limited === null ? null : { ...side, only: here, toolchain: limited };
}
