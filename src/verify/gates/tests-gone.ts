import { basename } from "node:path";
import { holdsTests } from "../test-files.ts";
import type { Finding, TestEvidence } from "../types.ts";
import type { TestFile } from "./changed-tests.ts";
import type { GateInput } from "./gate.ts";
import { languageOf } from "./language.ts";
import { mayBeIn, ran, runsOf, runsStill } from "./ran.ts";
import { goneNames } from "./subject-gone.ts";
import { successors } from "./successors.ts";

/** One test that the base has and that is gone, with what took its place, if anything did. */
interface Gone {
  readonly file: string;
  readonly name: string;
  readonly line: number | null;
  /** What accounts for it, as the end of a sentence. */
  readonly reason: string | null;
}

/** Tests that ran at the base and no longer do, without one of the same purpose in their place. */
export async function testsGone(input: GateInput): Promise<Finding[]> {
  const deleted = new Set(input.changes.filter(({ status }) => status === "deleted").map(({ path }) => path));
  const findings = [...(await goneTests(input)), ...unrun(input), ...unnamed(input), ...unread(input)];
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
  const account = successors(changed, tests, await goneNames(input));
  return missed.map((place) => {
    const { file, block } = place;
    const line = file.status === "deleted" ? null : standsAt(file, block.line);
    return { file: file.path, name: block.name, line, reason: account(place) };
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

/** Files of tests that are deleted, in a language that is not read here, unless they are elsewhere under their name. */
function unread({ changes, changed, tests }: GateInput): Gone[] {
  const told = new Set(
    changed.files.filter(({ before }) => before.blocks.length > 0).map(({ path }) => path),
  );
  const ran = new Set(tests.flatMap(({ file, movedFrom }) => [file, movedFrom]));
  const added = new Set(changes.filter(({ status }) => status === "added").map(({ path }) => basename(path)));
  return changes
    .filter(
      ({ path, status, binary }) =>
        status === "deleted" && !binary && languageOf(path) === null && holdsTests(path),
    )
    .filter(({ path }) => !told.has(path) && !ran.has(path) && !added.has(basename(path)))
    .map(({ path }) => ({ file: path, name: basename(path), line: null, reason: null }));
}

/** Tests of which no text is known, as where a program makes their names: as many new ones in that file make up for them. */
function unnamed({ changed, tests, changes }: GateInput): Gone[] {
  const blocks = changed.files.flatMap((file) => file.before.blocks.map((block) => ({ file, block })));
  const left = tests.filter((test) => ran(test.base) && test.head === "absent");
  if (left.length === 0) return [];
  const explained = new Set(blocks.flatMap(({ file, block }) => runsOf(block, file.path, left)));
  const open = left.filter((test) => !explained.has(test));
  return [...Map.groupBy(open, (test) => test.file).entries()].flatMap(([file, gone]) => {
    const isNew = (test: TestEvidence) => test.file === file && test.base === "absent" && ran(test.head);
    const changedHere = changes.some(({ path }) => mayBeIn(file, path));
    const made = changedHere ? tests.filter(isNew).length : 0;
    return gone.slice(made).map(({ name }) => ({ file: file ?? "", name, line: null, reason: null }));
  });
}

function inOne(gone: readonly Gone[], deleted: ReadonlySet<string>): Finding {
  const { file = "", line = null, reason = null } = gone[0] ?? {};
  const isDeleted = deleted.has(file);
  const names = gone.slice(0, 3).map(({ name }) => `"${name}"`);
  const more = gone.length > 3 ? ` and ${gone.length - 3} more` : "";
  const one = gone.length === 1;
  const what = `${one ? "The test" : `${gone.length} tests no longer run:`} ${names.join(", ")}${more}${one ? " no longer runs" : ""}`;
  return {
    gate: reason !== null ? "test-replaced" : isDeleted ? "test-deleted" : "test-gone",
    weight: reason === null ? "blocking" : "remark",
    file,
    line,
    reason: `${what}${reason === null ? "" : one ? `; ${reason}` : "; others took their place, or what they test is gone too"}.`,
  };
}

/** The line at which the head goes on where something stood. */
function standsAt(file: TestFile, line: number): number {
  const place = file.hunks.find(({ removed }) => (removed.at(-1)?.line ?? 0) >= line) ?? file.hunks.at(-1);
  return Math.max(1, Math.min(place?.at ?? 1, file.after.lines.length));
}
