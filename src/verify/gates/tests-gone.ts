import type { Finding } from "../types.ts";
import type { TestFile } from "./changed-tests.ts";
import type { GateInput } from "./gate.ts";
import { type Gone, inOne } from "./gone.ts";
import { bodyOf } from "./likeness.ts";
import { ran, runsOf, runsStill } from "./ran.ts";
import { goneNames } from "./subject-gone.ts";
import { successors } from "./successors.ts";
import { unnamed, unread } from "./unread-tests.ts";

/** Tests that ran at the base and no longer do, without one of the same purpose in their place. */
export async function testsGone(input: GateInput): Promise<Finding[]> {
  const deleted = new Set(input.changes.filter(({ status }) => status === "deleted").map(({ path }) => path));
  const findings = [
    ...(await goneTests(input)),
    ...unrun(input),
    ...rewritten(input),
    ...unnamed(input),
    ...unread(input),
  ];
  return [...Map.groupBy(findings, ({ file, reason }) => `${reason === null} ${file}`).values()].map((gone) =>
    inOne(gone, deleted),
  );
}

/** Tests whose text is gone: they count if they ran, or if nothing is known of what ran in their file. */
async function goneTests(input: GateInput): Promise<Gone[]> {
  const { changed, tests } = input;
  const known = new Set(
    changed.files.filter(({ path, before }) =>
      before.blocks.some((one) => runsOf(one, path, tests).length > 0),
    ),
  );
  const missed = changed.gone.filter(({ file, block }) => {
    const runs = runsOf(block, file.path, tests);
    return runs.length === 0
      ? !known.has(file)
      : runs.some((test) => ran(test.base) && test.head === "absent");
  });
  if (missed.length === 0) return [];
  const successorOf = successors(changed, tests);
  const names = await goneNames(input);
  return missed.map((place) => {
    const { file, block } = place;
    const line = file.status === "deleted" ? null : standsAt(file, block.line);
    const used = block.code.join("\n").match(/\w{3,}/g) ?? [];
    const isSubjectGone = used.some((name) => names.has(name));
    const reason = successorOf(place) ?? (isSubjectGone ? "so is what it tests" : null);
    return { file: file.path, name: block.name, line, reason };
  });
}

/** Tests that are still there and no longer run, or with fewer cases. */
function unrun({ changed, tests }: GateInput): Gone[] {
  return changed.pairs.flatMap(({ was, is }) => {
    const before = runsOf(was.block, was.file.path, tests).filter((test) => ran(test.base));
    if (!before.some((test) => test.head === "absent")) return [];
    const after = runsOf(is.block, is.file.path, tests);
    const now = after.filter((test) => runsStill(test.head));
    // Cases under other names are the same cases, as long as there are as many.
    const missing = before.length - now.length;
    // One that is skipped is said where it is marked.
    if (missing <= 0 || after.some((test) => test.head === "skipped")) return [];
    const name = now.length === 0 ? is.block.name : `${is.block.name} (${missing} of its cases)`;
    return [{ file: is.file.path, name, line: is.block.line, reason: null }];
  });
}

/** Tests that have another name and do something else, as far as they can still be told to be the same. */
function rewritten({ changed }: GateInput): Gone[] {
  return changed.pairs
    .filter(({ was, is }) => was.block.name !== is.block.name && bodyOf(was.block) !== bodyOf(is.block))
    .map(({ was, is }) => {
      const reason = `"${is.block.name}" took its place`;
      return { file: is.file.path, name: was.block.name, line: is.block.line, reason };
    });
}

/** The line at which the head goes on where something stood. */
function standsAt(file: TestFile, line: number): number {
  const place = file.hunks.find(({ removed }) => (removed.at(-1)?.line ?? 0) >= line) ?? file.hunks.at(-1);
  return Math.max(1, Math.min(place?.at ?? 1, file.after.lines.length));
}
