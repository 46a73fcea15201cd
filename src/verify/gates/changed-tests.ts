import type { FileChange } from "../../workspace/types.ts";
import type { Look } from "../look.ts";
import { type Hunk, hunksBetween } from "./hunks.ts";
import { languageOf } from "./language.ts";
import { likenessWithin, type Purpose, purposesOf, wordsIn } from "./likeness.ts";
import { type ParsedText, parseTests, type TestBlock } from "./test-blocks.ts";

/** A file that holds tests and is changed. */
export interface TestFile {
  readonly path: string;
  readonly status: FileChange["status"];
  readonly before: ParsedText;
  readonly after: ParsedText;
  readonly hunks: readonly Hunk[];
  /** What each place with additions is about, without comments. */
  readonly added: readonly { readonly line: number; readonly words: ReadonlySet<string> }[];
}

/** One test and where it stands. */
export interface Place {
  readonly file: TestFile;
  readonly block: TestBlock;
}

/** The tests of the changed files: which one became which, which are gone, which are new. */
export interface ChangedTests {
  readonly files: readonly TestFile[];
  readonly pairs: readonly { readonly was: Place; readonly is: Place }[];
  readonly gone: readonly Place[];
  readonly fresh: readonly Place[];
  /** Those of the pairs that have another name, or stand elsewhere, than before. */
  readonly renamed: readonly Place[];
}

/** Beyond these, comparing each with each would cost too much. */
const mostCompared = 300;

/** Reads the changed tests and finds out which one became which. */
export async function changedTests(
  base: Look,
  head: Look,
  changes: readonly FileChange[],
  isTest: (path: string) => boolean,
): Promise<ChangedTests> {
  const readable = changes.filter((change) => mayHoldTests(change, isTest(change.path)));
  const read = await Promise.all(readable.map((change) => testFile(base, head, change)));
  // Of a language that has tests in its sources too, only the files that have some.
  const files = read.filter(
    ({ path, before, after }) => isTest(path) || before.blocks.length + after.blocks.length > 0,
  );
  const pairs: { was: Place; is: Place }[] = [];
  const left: Place[] = [];
  const fresh: Place[] = [];
  for (const file of files) {
    const old = Map.groupBy(file.before.blocks, ({ name }) => name);
    for (const [name, blocks] of Map.groupBy(file.after.blocks, ({ name: one }) => one)) {
      const matched = matchNamesakes(old.get(name) ?? [], blocks);
      old.set(name, matched.left);
      pairs.push(
        ...matched.pairs.map(({ was, is }) => ({ was: { file, block: was }, is: { file, block: is } })),
      );
      fresh.push(...matched.fresh.map((block) => ({ file, block })));
    }
    for (const block of [...old.values()].flat()) left.push({ file, block });
  }
  return { files, ...joinRenamed(pairs, left, fresh) };
}

function mayHoldTests({ path, binary }: FileChange, isTest: boolean): boolean {
  const language = languageOf(path);
  return !binary && language !== null && (isTest || language === "rust" || language === "cpp");
}

async function testFile(base: Look, head: Look, { path, status }: FileChange): Promise<TestFile> {
  const old = status === "added" ? "" : ((await base.read(path)) ?? "");
  const now = status === "deleted" ? "" : ((await head.read(path)) ?? "");
  const [before, after] = [parseTests(old, path), parseTests(now, path)];
  const hunks = hunksBetween(old, now);
  const added = hunks
    .map((hunk) => hunk.added.filter(({ line }) => (after.code[line - 1] ?? "").trim() !== ""))
    .filter((lines) => lines.length > 0)
    .map((lines) => ({ line: lines[0]?.line ?? 0, words: wordsIn(lines.map(({ text }) => text)) }));
  return { path, status, before, after, hunks, added };
}

/** Tests of one name: those that are the same to the letter belong together, the others by their order. */
function matchNamesakes(before: readonly TestBlock[], after: readonly TestBlock[]) {
  const textOf = ({ lines }: TestBlock) => lines.join("\n");
  const byText = Map.groupBy(before, textOf);
  const same = after.map((is) => ({ is, was: byText.get(textOf(is))?.shift() }));
  const left = [...byText.values()].flat().sort((one, other) => one.line - other.line);
  const matched = same.map(({ is, was }) => ({ is, was: was ?? left.shift() }));
  return {
    pairs: matched.flatMap(({ is, was }) => (was === undefined ? [] : [{ is, was }])),
    fresh: matched.flatMap(({ is, was }) => (was === undefined ? [is] : [])),
    left,
  };
}

/** A test that went elsewhere, or has another name, is still that test if it is about the same. */
function joinRenamed(
  pairs: readonly { was: Place; is: Place }[],
  left: readonly Place[],
  fresh: readonly Place[],
): Omit<ChangedTests, "files"> {
  const before = purposes(left, ({ before: { blocks } }) => blocks);
  const after = purposes(fresh, ({ after: { blocks } }) => blocks);
  const likeness = likenessWithin();
  const open = new Set(fresh.slice(0, mostCompared));
  const joined: { was: Place; is: Place }[] = [];
  const gone: Place[] = [];
  for (const [index, was] of left.entries()) {
    const ranked = [...(index < mostCompared ? open : [])]
      .map((is) => ({ is, score: likeness(before(was), after(is)), near: Number(is.file === was.file) }))
      .filter(({ score }) => score >= 1)
      .sort((one, other) => other.score + 0.1 * other.near - one.score - 0.1 * one.near);
    const best = ranked[0]?.is;
    if (best === undefined) gone.push(was);
    else {
      joined.push({ was, is: best });
      open.delete(best);
    }
  }
  const taken = new Set(joined.map(({ is }) => is));
  return {
    pairs: [...pairs, ...joined],
    gone,
    fresh: fresh.filter((place) => !taken.has(place)),
    renamed: [...taken],
  };
}

/** What each of the places is about, beside the others of its file. */
export function purposes(
  places: readonly Place[],
  blocksOf: (file: TestFile) => readonly TestBlock[],
): (place: Place) => Purpose {
  const files = new Map(
    [...new Set(places.map(({ file }) => file))].map((file) => [file, purposesOf(blocksOf(file))]),
  );
  const none: Purpose = { words: new Set(), telling: new Set(), checks: [], own: [], body: "", setup: "" };
  return ({ file, block }) => files.get(file)?.get(block) ?? none;
}

/** The innermost test of the head in which a line of a file lies, with what it was at the base. */
export function testAt(
  { pairs, fresh }: ChangedTests,
  file: TestFile,
  line: number,
): { readonly is: Place; readonly was?: Place } | undefined {
  const all = [...pairs, ...fresh.map((is) => ({ is }))];
  return all
    .filter(
      ({ is }) => is.file === file && line >= is.block.from && line < is.block.from + is.block.lines.length,
    )
    .sort((one, other) => other.is.block.from - one.is.block.from)[0];
}
