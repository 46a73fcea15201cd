import type { Bench } from "./bench.ts";
import type { Runs } from "./evidence.ts";
import { narrowed } from "./narrow.ts";
import type { Sides } from "./side.ts";
import type { SuiteRun, TestResult } from "./types.ts";

/**
 * `near`, the tests that matter most for a change, with what the whole suite came to before it was stopped: the tests of
 * other files that ended at the base and, in the same time, at the head. They prove nothing, but may show that something
 * broke.
 */
export async function addRest(bench: Bench, sides: Sides, whole: Runs, near: Runs): Promise<Runs> {
  const { base, head } = near;
  if (base === undefined || head?.only === undefined || head.problem !== undefined) return near;
  const done = new Set([...base.tests, ...head.tests].map(keyOf));
  const isOther = (test: TestResult) =>
    test.scope !== "file" && !head.only?.includes(test.file ?? "") && !done.has(keyOf(test));
  const before = byKey(whole.base?.tests.filter(isOther));
  if (before.size === 0) return near;
  const wholeHead = whole.head ?? (await bench.inPlace(sides.head));
  const after = byKey(wholeHead?.tests.filter((test) => before.has(keyOf(test))));
  const anew = [...after.values()].filter(
    (test) => test.state === "failed" && before.get(keyOf(test))?.state !== "failed",
  );
  const again = await secondLook(bench, sides, anew);
  const seen = new Set(again?.tests.map(keyOf));
  // A failure is believed when it comes twice.
  const doubtful = anew.filter((test) => !seen.has(keyOf(test)));
  for (const test of doubtful) after.delete(keyOf(test));
  const both = [...before].flatMap(([key, test]) => (after.has(key) ? [test] : []));
  return {
    ...near,
    base: { ...base, tests: [...base.tests, ...both] },
    head: { ...head, tests: [...head.tests, ...after.values()] },
    rest: { count: after.size, doubtful: doubtful.map(({ name }) => name) },
    ...(again === undefined ? {} : { again: { ...near.again, head: [...(near.again?.head ?? []), again] } }),
  };
}

/** The files of these tests alone, once more; undefined where the command takes no files. */
async function secondLook(
  bench: Bench,
  { head }: Sides,
  tests: readonly TestResult[],
): Promise<SuiteRun | undefined> {
  const side = narrowed(head, [...new Set(tests.map(({ file }) => file ?? ""))]);
  return side === null ? undefined : bench.again(side);
}

const byKey = (tests: readonly TestResult[] = []) => new Map(tests.map((test) => [keyOf(test), test]));

const keyOf = ({ file, name }: TestResult) => `${file ?? ""}\0${name}`;
