import { underGlobs } from "../workspace/globs.ts";
import type { FileChange } from "../workspace/types.ts";

const testFolder =
  /(^|\/)(tests?|__tests__|__mocks__|__snapshots__|__fixtures__|specs?|testdata|test[-_]?(fixtures|data|helpers|utils|support))\//i;

const testName = [
  /\.(test|tests|spec|specs|cy|e2e)\.[cm]?[jt]sx?$/i, // JavaScript and TypeScript
  /(^|\/)tests?\.[cm]?[jt]sx?$/i,
  /(^|\/)test[-_][^/]*\.[cm]?[jt]sx?$/i, // node --test's own patterns
  /[._-]test\.[cm]?[jt]sx?$/i,
  /(^|\/)(test_[^/]*|[^/]*_test|tests?|conftest)\.py$/, // pytest, unittest
  /_test\.go$/,
  /(^|\/)(Test[A-Z][^/]*|[^/]*(Tests?|TestCase|IT|Spec))\.(java|kt|kts|groovy|scala|cs|php)$/, // surefire, PHPUnit
  /(^|\/)(test_[^/]*|[^/]*[-_.](test|tests|unittest))\.(c|cc|cpp|cxx|rs)$/i,
  /(^|\/)([^/]*[a-z0-9](Tests?|TestCase|UnitTests?)|Test[A-Z][^/]*|tst_[^/]*|tests?)\.(c|cc|cpp|cxx)$/,
  /(^|\/)(?!(con|la|pro|at|de|grea|fas)tests?\.)[a-z0-9]+tests?\.(c|cc|cpp|cxx)$/, // parsertest.cpp
  /(^|\/)tests?\.rs$/, // `mod tests;`
  /_(spec|test)\.(rb|exs?)$/,
  /\.snap$|(^|\/)tap-snapshots\//,
];

/** Whether `path` is part of the tests by the conventions of the toolchains: a test, its fixture, snapshot or helper. */
export function isTestPath(path: string): boolean {
  return testFolder.test(path) || testName.some((pattern) => pattern.test(path));
}

/** A file that holds tests itself: not a fixture, a snapshot or a helper. */
export function holdsTests(path: string): boolean {
  if (/(^|\/)(conftest|__init__)\.py$|_helper\.tcl$|\.snap$|(^|\/)tap-snapshots\//.test(path)) return false;
  if (testName.some((pattern) => pattern.test(path))) return true;
  const inFixtures =
    /(^|\/)(__mocks__|__snapshots__|__fixtures__|fixtures?|testdata|helpers?|support)\//i.test(path);
  return testFolder.test(path) && !inFixtures && /\.([cm]?[jt]sx?|py|rb|rs|java|kt|tcl)$/.test(path);
}

export interface SplitChange {
  readonly tests: readonly FileChange[];
  readonly sources: readonly FileChange[];
}

/**
 * A change in two parts: what can be laid over the base to see whether its tests fail there, and all else. `globs` name
 * tests, beyond the conventions.
 */
export function splitChange(changes: readonly FileChange[], globs: readonly string[] = []): SplitChange {
  const isConfigured = underGlobs(globs);
  const isTest = ({ path }: FileChange) => isTestPath(path) || isConfigured(path);
  return { tests: changes.filter(isTest), sources: changes.filter((change) => !isTest(change)) };
}
