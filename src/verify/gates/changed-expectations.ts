import type { Finding, TestEvidence } from "../types.ts";
import { isAssertion } from "./assertions.ts";
import type { GateInput } from "./gate.ts";
import { hunksBetween } from "./hunks.ts";
import { testBlocks } from "./test-blocks.ts";

type Input = Pick<GateInput, "base" | "head" | "changes" | "tests">;

/** Tests that passed, fail once the change's tests are laid over the base, and pass at the head: they expect something else. */
export async function changedExpectations({ base, head, changes, tests }: Input): Promise<Finding[]> {
  const failing = tests.filter((test) => test.baseWithTests === "failed" && test.head === "passed");
  const changed = failing.filter((test) => test.base === "passed" && !isGroup(test, failing) && wasRun(test));
  return Promise.all(
    changed.map(async (test): Promise<Finding> => {
      const file = test.file ?? "";
      const isRead = changes.some(
        ({ path, status, binary }) => path === file && status === "modified" && !binary,
      );
      const difference = isRead
        ? wasAndIs(test, (await base.read(file)) ?? "", (await head.read(file)) ?? "")
        : null;
      const what = `The existing test "${test.name}" expects something else than before`;
      const weight = "remark";
      if (difference === null) return { gate: "test-changed", weight, file, line: null, reason: `${what}.` };
      const { was, is, line } = difference;
      return { gate: "test-changed", weight, file, line, reason: `${what}: was \`${was}\`, is \`${is}\`.` };
    }),
  );
}

// What could not be built or loaded there said nothing of what it expects.
const unbuilt: ReadonlySet<string | undefined> = new Set(["missing-symbol", "import-error", "compile-error"]);
const wasRun = ({ failure }: TestEvidence) => !unbuilt.has(failure);

/** Go's tests fail with their sub-tests, which are told of by themselves. */
const isGroup = ({ name, file }: TestEvidence, failing: readonly TestEvidence[]) =>
  failing.some((other) => other.file === file && other.name.startsWith(`${name}/`));

/** The first assertion of the test that was replaced by another. */
function wasAndIs(test: TestEvidence, before: string, after: string) {
  const block = testBlocks(after).find(({ name }) => test.name.endsWith(name));
  if (block === undefined) return null;
  const end = block.line + block.lines.length;
  for (const { removed, added } of hunksBetween(before, after)) {
    const was = removed.find(({ text }) => isAssertion(text));
    const is = added.find(({ text, line }) => isAssertion(text) && line >= block.line && line < end);
    if (was !== undefined && is !== undefined)
      return { was: short(was.text), is: short(is.text), line: is.line };
  }
  return null;
}

const short = (text: string) => text.trim().replaceAll("`", "'").slice(0, 120);
