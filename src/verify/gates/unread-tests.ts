import { basename } from "node:path";
import { holdsTests } from "../test-files.ts";
import type { TestEvidence } from "../types.ts";
import type { GateInput } from "./gate.ts";
import type { Gone } from "./gone.ts";
import { languageOf } from "./language.ts";
import { mayBeIn, ran, runsOf } from "./ran.ts";

/** Files of tests that are deleted, in a language that is not read here, unless they are elsewhere under their name. */
export function unread({ changes, changed, tests }: GateInput): Gone[] {
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
export function unnamed({ changed, tests, changes }: GateInput): Gone[] {
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
