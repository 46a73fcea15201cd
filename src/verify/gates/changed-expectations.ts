import type { Finding, TestEvidence } from "../types.ts";
import { checksIn } from "./assertions.ts";
import type { GateInput } from "./gate.ts";
import { runsOf, wasLoaded } from "./ran.ts";
import type { TestBlock } from "./test-blocks.ts";

/** Tests that passed, fail once the change's tests are laid over the base, and pass at the head: they expect something else. */
export function changedExpectations({ changed, tests }: GateInput): Finding[] {
  const failing = tests.filter((test) => test.baseWithTests === "failed" && test.head === "passed");
  const others = failing.filter(
    (test) => test.base === "passed" && !isGroup(test, failing) && wasLoaded(test),
  );
  const left = new Set(others);
  const read = changed.pairs.flatMap(({ was, is }): Finding[] => {
    const runs = runsOf(is.block, is.file.path, [...left]);
    if (runs.length === 0) return [];
    for (const run of runs) left.delete(run);
    const found = wasAndIs(was.block, is.block);
    const { name } = is.block;
    return [
      {
        ...{ gate: "test-changed", weight: "remark", file: is.file.path, line: found?.line ?? is.block.line },
        reason: found === null ? checksMore(name) : expectsElse(name, found),
      },
    ];
  });
  const unread = [...left].map(
    ({ name, file }): Finding => ({
      ...{ gate: "test-changed", weight: "remark", file: file ?? "", line: null },
      reason: checksMore(name),
    }),
  );
  return [...read, ...unread];
}

const expectsElse = (name: string, { was, is }: { was: string; is: string }) =>
  `The existing test "${name}" expects something else than before: was \`${was}\`, is \`${is}\`.`;

/** Nothing in its place was taken away, or nothing is known of its text. */
const checksMore = (name: string) =>
  `The existing test "${name}" is changed: as it is now it fails on the base.`;

/** Go's tests fail with their sub-tests, which are told of by themselves. */
const isGroup = ({ name, file }: TestEvidence, failing: readonly TestEvidence[]) =>
  failing.some((other) => other.file === file && other.name.startsWith(`${name}/`));

/** The first assertion of the test that was replaced by another. */
function wasAndIs(before: TestBlock, after: TestBlock) {
  const [old, now] = [checksIn(before), checksIn(after)];
  const was = old.find(({ text }) => !now.some((other) => other.text === text));
  const is = now.find(({ text }) => !old.some((other) => other.text === text));
  if (was === undefined || is === undefined) return null;
  return { was: short(was.text), is: short(is.text), line: after.from + is.index };
}

const short = (text: string) => text.replaceAll("`", "'").slice(0, 120);
