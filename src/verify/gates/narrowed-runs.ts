import type { Finding, TestEvidence } from "../types.ts";
import type { GateInput } from "./gate.ts";
import { hunksBetween } from "./hunks.ts";
import { ran, runsStill } from "./ran.ts";
import { type RunSettings, runSettings } from "./run-settings.ts";

const said = {
  selects: "It selects which tests run, and may leave some out.",
  softens: "A failing test may no longer count by this.",
  runs: "What runs tests is removed here.",
};

/**
 * Settings of the runners by which less may run, or failures may count less. A selection that left nothing out, by what
 * ran, is a remark.
 */
export async function narrowedRuns({ base, head, changes, tests }: GateInput): Promise<Finding[]> {
  const findings = await Promise.all(
    changes.map(async ({ path, status, binary }) => {
      const settings = binary ? undefined : runSettings.find(({ files }) => files.test(path));
      if (settings === undefined) return [];
      const before = status === "added" ? "" : ((await base.read(path)) ?? "");
      const after = status === "deleted" ? "" : ((await head.read(path)) ?? "");
      const weight = nothingLeftOut(tests) ? "remark" : "blocking";
      return lessIn(before, after, settings).map(
        ({ line, what }): Finding => ({
          ...{ gate: "run-narrowed", weight: what === "softens" ? "blocking" : weight, file: path },
          ...{ line: status === "deleted" ? null : line, reason: said[what] },
        }),
      );
    }),
  );
  return findings.flat();
}

/** Whether every test that ran at the base ran at the head too. */
export function nothingLeftOut(tests: readonly TestEvidence[]): boolean {
  const before = tests.filter((test) => ran(test.base));
  return before.length > 0 && before.every((test) => runsStill(test.head));
}

function lessIn(before: string, after: string, settings: RunSettings) {
  const { selects, softens, runs, below } = settings;
  const [was, is] = [before, after].map((text) => new Set(text.split("\n").map(plain)));
  const all = after.split("\n");
  const isBelow = (line: number) =>
    below === undefined || all.slice(Math.max(0, line - 40), line).some((text) => below.test(text));
  return hunksBetween(before, after).flatMap(({ at, removed, added }) => {
    const lines = added.filter(({ text }) => isReal(text) && !was?.has(plain(text)));
    const put = added.filter(({ text }) => runs?.test(text));
    const gone = removed.filter(({ text }) => runs?.test(text) && !is?.has(plain(text)));
    const line = Math.min(Math.max(at, 1), all.length);
    return [
      // What is said of a test that is new takes nothing from the others; one may also stand beside an old one that is changed.
      ...lines
        .filter(({ text }) => softens?.test(text) && (put.length === 0 || gone.length > 0))
        .map((one) => ({ line: one.line, what: "softens" as const })),
      ...lines
        .filter((one) => selects?.test(one.text) && !softens?.test(one.text) && isBelow(one.line))
        .map((one) => ({ line: one.line, what: "selects" as const })),
      ...gone.slice(put.length).map(() => ({ line, what: "runs" as const })),
    ];
  });
}

const plain = (line: string) => line.trim().replace(/,$/, "");

// A comment sets nothing.
const isReal = (line: string) => line.length <= 2_000 && !/^\s*(?:#(?!\[)|\/\/|\*|<!--)/.test(line);
