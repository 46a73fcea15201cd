import type { Bench } from "./bench.ts";
import type { Runs } from "./evidence.ts";
import { narrowed } from "./narrow.ts";
import type { Sides } from "./side.ts";
import type { SuiteRun, TestResult } from "./types.ts";

/**
 * `near`, the tests that matter most for a change, with what the whole suite came to before it was stopped: the tests of
 * other files that ended at the base and at the head. They prove nothing, but may show that something broke.
 */
export async function addRest(bench: Bench, sides: Sides, whole: Runs, near: Runs): Promise<Runs> {
  const { base, head } = near;
  if (base === undefined || head?.only === undefined || head.problem !== undefined) return near;
  const done = new Set([...base.tests, ...head.tests].map(keyOf));
  const isOther = (test: TestResult) =>
    test.scope !== "file" && !head.only?.includes(test.file ?? "") && !done.has(keyOf(test));
  const [before, after] = [whole.base, whole.head].map(
    (run) => new Map(run?.tests.filter(isOther).map((test) => [keyOf(test), test])),
  );
  if (before === undefined || after === undefined) return near;
  const both = (tests: Map<string, TestResult>, others: Map<string, TestResult>) =>
    [...tests].flatMap(([key, test]) => (others.has(key) ? [test] : []));
  const rest = both(after, before);
  const added = {
    ...near,
    base: { ...base, tests: [...base.tests, ...both(before, after)] },
    head: { ...head, tests: [...head.tests, ...rest] },
    rest: rest.length,
  };
  const again = await secondLook(bench, sides, before, rest);
  return again === undefined
    ? added
    : { ...added, again: { ...near.again, head: [...(near.again?.head ?? []), again] } };
}

/** A failure is believed when it comes twice: the files of what failed at the head alone, once more. */
async function secondLook(
  bench: Bench,
  { head }: Sides,
  before: Map<string, TestResult>,
  after: readonly TestResult[],
): Promise<SuiteRun | undefined> {
  const anew = after.filter((test) => test.state === "failed" && before.get(keyOf(test))?.state !== "failed");
  const files = [...new Set(anew.map(({ file }) => file ?? ""))];
  const side = narrowed(head, files);
  return side === null ? undefined : bench.again(side);
}

const keyOf = ({ file, name }: TestResult) => `${file ?? ""}\0${name}`;
