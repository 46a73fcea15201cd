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
    const weight = weightOf(input, file, index);
    const reason =
      weight === "blocking"
        ? "A test is marked as not to be run, or as one that may fail."
        : "A mark that keeps tests from running is added; no test that ran before is known to be lost by it.";
    return weight === null ? [] : [{ gate: "test-skipped", weight, ...place, reason }];
  });
}

/** How much a mark counts: nothing if what it stands at runs as before; a remark if nothing that ran is lost. */
function weightOf({ changed, tests }: GateInput, file: TestFile, index: number): Finding["weight"] | null {
  const line = index + 1;
  const holds = ({ from, lines }: { from: number; lines: readonly string[] }) =>
    line >= from && line < from + lines.length;
  const here = changed.pairs.filter(({ is }) => is.file === file);
  const pair = here.findLast(({ is }) => holds(is.block));
  if (pair === undefined && changed.fresh.some((one) => one.file === file && holds(one.block)))
    return "remark";
  if (pair !== undefined) {
    const { was, is } = pair;
    if (marksIn(was.block) >= marksIn(is.block)) return null;
    const runs = [...runsOf(is.block, is.file.path, tests), ...runsOf(was.block, was.file.path, tests)];
    return weighed(runs, file, index);
  }
  // What ends the whole run does so wherever it stands.
  const later = here.filter(({ is }) => is.block.line > line || mayFail(file.after.lines[index] ?? ""));
  const runs = later.flatMap(({ is }) => runsOf(is.block, is.file.path, tests));
  return later.length === 0 ? "remark" : weighed(runs, file, index);
}

const marksIn = ({ code, lines }: TestBlock) =>
  code.filter((line, at) => isSkip(line, lines[at] ?? "")).length;

function weighed(runs: readonly TestEvidence[], file: TestFile, index: number): Finding["weight"] | null {
  const isFailure = mayFail(file.after.lines[index] ?? "");
  const before = runs.filter((test) => ran(test.base));
  if (isFailure && proves(runs)) return "remark";
  if (before.length > 0 && !isFailure)
    return before.every((test) => runsStill(test.head)) ? null : "blocking";
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
