import type { Finding } from "../types.ts";
import type { TestFile } from "./changed-tests.ts";
import type { GateInput } from "./gate.ts";
import { shareOf, wordsIn } from "./likeness.ts";
import { runsOf } from "./ran.ts";
import { goneNames } from "./subject-gone.ts";
import { type Row, rowsIn } from "./tables.ts";

/** A row counts as still there if so much of what it is about stands in what was added. */
const alike = 0.7;
/** Each is compared with each. */
const most = 300;

/**
 * Rows taken out of the tables that tests run through, without as many in their place. Many a runner gives them no names, as
 * Go where they are no subtests: then nothing that ran tells of it.
 */
export async function tableRows(input: GateInput): Promise<Finding[]> {
  const lost = input.changed.files
    .filter(({ path, status }) => input.isTest(path) && status === "modified")
    .map((file) => ({ file, rows: lostIn(file, input) }))
    .filter(({ rows }) => rows.length > 0);
  if (lost.length === 0) return [];
  const names = await goneNames(input);
  return lost.map(({ file, rows }) => {
    const missed = rows.filter(({ text }) => !(text.match(/\w{3,}/g) ?? []).some((name) => names.has(name)));
    const told = missed[0] ?? (rows[0] as Row);
    const count = missed.length === 0 ? rows.length : missed.length;
    const what = count === 1 ? "A case is" : `${count} cases are`;
    const why = missed.length === 0 ? "; so is what they test" : " without others in their place";
    return {
      gate: "test-cases-gone",
      weight: missed.length === 0 ? "remark" : "blocking",
      file: file.path,
      line: standsAt(file, told.line),
      reason: `${what} gone from a table of tests${why}: ${told.text.replaceAll("`", "'").slice(0, 120)}`,
    };
  });
}

/** Rows of a file that are nowhere any more, less those that are new in it. */
function lostIn(file: TestFile, { changed: { gone, pairs, files }, tests }: GateInput): Row[] {
  const [old, now] = [rowsIn(file.before, file.path), rowsIn(file.after, file.path)];
  // Of a test that is gone, and of cases that have names and no longer run, it is said elsewhere.
  const fewer = pairs.filter(({ was }) =>
    runsOf(was.block, was.file.path, tests).some(({ head }) => head === "absent"),
  );
  const told = [...gone, ...fewer.map(({ was }) => was)];
  const blocks = told.filter((one) => one.file === file).map(({ block }) => block);
  const isTold = ({ line }: Row) =>
    blocks.some(({ from, lines }) => line >= from && line < from + lines.length);
  const lost = without(old, now).filter((row) => !isTold(row));
  const fresh = without(now, old).length;
  if (lost.length <= fresh) return [];
  const added = files.flatMap((one) => one.added.map(({ words }) => words)).slice(0, most);
  const missed = lost.slice(0, most).filter(({ text }) => {
    const words = wordsIn([text]);
    return !added.some((others) => shareOf(words, others) >= alike);
  });
  return missed.slice(0, Math.max(0, lost.length - fresh));
}

/** Those of `rows` that are not among `others`, each of which counts once. */
function without(rows: readonly Row[], others: readonly Row[]): Row[] {
  const left = new Map<string, number>();
  for (const { text } of others) left.set(text, (left.get(text) ?? 0) + 1);
  return rows.filter(({ text }) => {
    const count = left.get(text) ?? 0;
    left.set(text, count - 1);
    return count <= 0;
  });
}

/** The line at which the head goes on where a row stood. */
function standsAt({ hunks, after }: TestFile, line: number): number {
  const place = hunks.find(({ removed }) => (removed.at(-1)?.line ?? 0) >= line) ?? hunks.at(-1);
  return Math.max(1, Math.min(place?.at ?? 1, after.lines.length));
}
