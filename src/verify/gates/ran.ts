import { dirname } from "node:path";
import type { TestEvidence, TestState } from "../types.ts";
import type { TestBlock } from "./test-blocks.ts";

/** Whether a test in that state was carried out. */
export const ran = (state: TestState): boolean => state === "passed" || state === "failed";

/** The same, or it was left out since it could not do anything else than at the base. */
export const runsStill = (state: TestState): boolean => ran(state) || state === "not-run";

/** What ran of `block`, a test in the text of `path`: one piece of evidence for each of its cases. */
export function runsOf(
  block: TestBlock,
  path: string,
  tests: readonly TestEvidence[],
): readonly TestEvidence[] {
  // Most gates ask, each for every test.
  const known = asked.get(tests) ?? new WeakMap<TestBlock, readonly TestEvidence[]>();
  asked.set(tests, known);
  const runs = known.get(block) ?? findRuns(block, path, tests);
  known.set(block, runs);
  return runs;
}

const asked = new WeakMap<readonly TestEvidence[], WeakMap<TestBlock, readonly TestEvidence[]>>();

function findRuns(block: TestBlock, path: string, tests: readonly TestEvidence[]): TestEvidence[] {
  const isName = nameTest(block.name);
  return [...filesOf(tests)]
    .filter(([file]) => mayBeIn(file, path))
    .flatMap(([, inside]) => inside.filter((test) => isName(test.name)));
}

type ByFile = ReadonlyMap<string | null, readonly TestEvidence[]>;
const grouped = new WeakMap<readonly TestEvidence[], ByFile>();

/** Tests by their files, also those that they had at the base: each test in a file is asked for by itself. */
function filesOf(tests: readonly TestEvidence[]): ByFile {
  const known = grouped.get(tests);
  if (known !== undefined) return known;
  const moved = tests.filter((test) => test.movedFrom !== undefined);
  const files = new Map<string | null, TestEvidence[]>(Map.groupBy(tests, ({ file }) => file));
  for (const test of moved) {
    const old = test.movedFrom ?? null;
    files.set(old, [...(files.get(old) ?? []), test]);
  }
  grouped.set(tests, files);
  return files;
}

const unbuilt: ReadonlySet<string | undefined> = new Set(["missing-symbol", "import-error", "compile-error"]);

/** Whether a test could be built and loaded: one that could not said nothing of what it expects. */
export const wasLoaded = ({ failure }: TestEvidence): boolean => !unbuilt.has(failure);

/**
 * Whether the change's version of a test fails without the change and passes with it. An old test that could not be built
 * there, as where another one beside it needs what is new, shows nothing of its own.
 */
export function proves(runs: readonly TestEvidence[]): boolean {
  return runs.some(
    (test) =>
      test.baseWithTests === "failed" &&
      test.head === "passed" &&
      test.flaky !== true &&
      (test.base === "absent" || wasLoaded(test)),
  );
}

/** Whether a runner that names `file` may mean `path`: a package of Go and a target of Rust stand for many files. */
export function mayBeIn(file: string | null, path: string): boolean {
  if (file === null || file === path) return true;
  if (path.endsWith(".go")) {
    const folder = dirname(path);
    return !file.endsWith(".go") && (folder === "." || file.endsWith(`/${folder}`) || file === folder);
  }
  return (
    path.endsWith(".rs") && file.endsWith(".rs") && path.startsWith(file.replace(/(src|tests)\/.*$/, ""))
  );
}

/** Whether a name as a runner gives it is that of a test: with its suites before it, its case behind it. */
function nameTest(name: string): (given: string) => boolean {
  // A title may have holes: "adds %i to $b".
  const [first = "", ...others] = name
    .replaceAll(/\s+/g, " ")
    .trim()
    .split(/%[sdifjoOp#%$]|\$\{[^}]*\}|\$#?\w[\w.]*/);
  return (given) => {
    const start = given.lastIndexOf(first);
    const before = given.slice(0, Math.max(start, 0));
    const separated = / > |::/.test(before) ? /( > |::|\.)$/ : /(^|[ .:/])$/;
    if (start < 0 || !separated.test(before)) return false;
    let at = start + first.length;
    for (const part of others) {
      const found = given.indexOf(part, at);
      if (found < 0) return false;
      at = found + part.length;
    }
    return others.at(-1) === "" || /^($|\[|\/| ?\(|\.\.| #| \[)/.test(given.slice(at));
  };
}
