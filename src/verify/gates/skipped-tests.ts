import type { Finding, TestEvidence } from "../types.ts";
import type { TestFile } from "./changed-tests.ts";
import type { GateInput } from "./gate.ts";
import { isConditional, isFocus, isSkip, mayFail } from "./markers.ts";
import { proves, ran, runsOf, runsStill } from "./ran.ts";
import type { TestBlock } from "./test-blocks.ts";

/** Tests that are there and no longer run, or alone run, or may fail: by what stands in them, and by what ran. */
export function skippedTests(input: GateInput): Finding[] {
  const marked = input.changed.files.flatMap((file) => findingsIn(input, file));
  return [...marked, ...silenced(input, marked)];
}

function findingsIn(input: GateInput, file: TestFile): Finding[] {
  const { path, before, after } = file;
  const weightOf = weighing(input, file);
  const old = Map.groupBy(before.lines, (line) => line.trim());
  const now = Map.groupBy(after.lines, (line) => line.trim());
  return after.code.flatMap((code, index): Finding[] => {
    const text = after.lines[index] ?? "";
    const count = old.get(text.trim())?.length ?? 0;
    if (count >= (now.get(text.trim())?.length ?? 0)) return [];
    const place = { file: path, line: index + 1 };
    if (isFocus(code))
      return [
        {
          ...{ gate: "test-focused", weight: "blocking", ...place },
          reason: "One test is marked as the only one to run.",
        },
      ];
    if (!isSkip(code, text)) return [];
    const weight = weightOf(index);
    const reason =
      weight === "blocking"
        ? "A test is marked as not to be run, or as one that may fail."
        : "A mark that keeps tests from running is added; no test that ran before is known to be lost by it.";
    return weight === null ? [] : [{ gate: "test-skipped", weight, ...place, reason }];
  });
}

/** Tells how much a mark counts: nothing if what it stands at runs as before; a remark if nothing that ran is lost. */
function weighing(
  { changed, tests }: GateInput,
  file: TestFile,
): (index: number) => Finding["weight"] | null {
  const here = changed.pairs
    .filter(({ is }) => is.file === file)
    .sort((one, other) => one.is.block.line - other.is.block.line);
  const fresh = changed.fresh.filter((one) => one.file === file);
  // What all tests from one on did, from the last to the first.
  const from: Done[] = [nothingDone];
  for (const { is } of here.toReversed())
    from.unshift(both(from[0] ?? nothingDone, doneBy(runsOf(is.block, file.path, tests))));
  return (index) => {
    const line = index + 1;
    const holds = (block: TestBlock) => line >= block.from && line < block.from + block.lines.length;
    const pair = here.findLast(({ is }) => holds(is.block));
    if (pair === undefined && fresh.some(({ block }) => holds(block))) return "remark";
    if (pair !== undefined) {
      const { was, is } = pair;
      if (marksIn(was.block) >= marksIn(is.block)) return null;
      const runs = [...runsOf(is.block, is.file.path, tests), ...runsOf(was.block, was.file.path, tests)];
      return weighed(doneBy(runs), file, index);
    }
    // What ends the whole run does so wherever it stands.
    const isEnd = mayFail(file.after.lines[index] ?? "");
    const later = isEnd ? 0 : here.findIndex(({ is }) => is.block.line > line);
    const done = from[later];
    return here.length === 0 || later < 0 || done === undefined ? "remark" : weighed(done, file, index);
  };
}

const marksIn = ({ code, lines }: TestBlock) =>
  code.filter((line, at) => isSkip(line, lines[at] ?? "")).length;

/** What some tests did: ran at the base, run still, prove something. */
interface Done {
  readonly ran: boolean;
  readonly runStill: boolean;
  readonly prove: boolean;
}

const nothingDone: Done = { ran: false, runStill: true, prove: false };

function doneBy(runs: readonly TestEvidence[]): Done {
  const before = runs.filter((test) => ran(test.base));
  const runStill = before.every((test) => runsStill(test.head));
  return { ran: before.length > 0, runStill, prove: proves(runs) };
}

const both = (one: Done, other: Done): Done => ({
  ran: one.ran || other.ran,
  runStill: one.runStill && other.runStill,
  prove: one.prove || other.prove,
});

function weighed(done: Done, file: TestFile, index: number): Finding["weight"] | null {
  const isFailure = mayFail(file.after.lines[index] ?? "");
  if (isFailure && done.prove) return "remark";
  if (done.ran && !isFailure) return done.runStill ? null : "blocking";
  return isConditional(file.after.code, index) ? "remark" : "blocking";
}

/** What passed and was skipped at the head, wherever no mark tells of it already. */
function silenced({ changed, tests }: GateInput, marked: readonly Finding[]): Finding[] {
  const told = new Set(marked.filter(({ weight }) => weight === "blocking").map(({ file }) => file));
  const silent = tests.filter(({ base, head }) => base === "passed" && head === "skipped");
  return [...Map.groupBy(silent, (test) => test.file ?? "").entries()].flatMap(([file, gone]): Finding[] => {
    if (told.has(file)) return [];
    const place = changed.pairs.find(({ is }) => runsOf(is.block, is.file.path, gone).length > 0)?.is;
    if (place !== undefined && told.has(place.file.path)) return [];
    const names = gone.slice(0, 3).map(({ name }) => `"${name}"`);
    const more = gone.length > 3 ? ` and ${gone.length - 3} more` : "";
    const reason =
      gone.length === 1
        ? `The test ${names[0]} passed and is now skipped.`
        : `${gone.length} tests passed and are now skipped: ${names.join(", ")}${more}.`;
    return [
      {
        ...{ gate: "test-skipped", weight: "blocking", file: place?.file.path ?? file },
        ...{ line: place?.block.line ?? null, reason },
      },
    ];
  });
}
