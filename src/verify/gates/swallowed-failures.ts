import type { Finding } from "../types.ts";
import type { GateInput } from "./gate.ts";
import { languageOf } from "./language.ts";
import { proves, runsOf } from "./ran.ts";
import { swallowedIn } from "./swallowing.ts";

/** Tests that go on when a check in them has failed, and did not before. */
export function swallowedFailures({ changed, tests }: GateInput): Finding[] {
  const all = [...changed.pairs, ...changed.fresh.map((is) => ({ is, was: null }))];
  return all.flatMap(({ was, is }): Finding[] => {
    const { path } = is.file;
    const language = languageOf(path);
    if (language === null) return [];
    const before = was === null ? [] : swallowedIn(was.block, language);
    const lines = swallowedIn(is.block, language, was?.block);
    if (lines.length <= before.length) return [];
    const weight = proves(runsOf(is.block, path, tests)) ? "remark" : "blocking";
    const reason = "A failure in this test is swallowed here.";
    return lines.slice(before.length).map((index) => ({
      gate: "failure-swallowed",
      weight,
      file: path,
      line: is.block.from + index,
      reason,
    }));
  });
}
