import type { Finding } from "../types.ts";
import { checksIn } from "./assertions.ts";
import type { GateInput } from "./gate.ts";
import { proves, runsOf } from "./ran.ts";
import { weakerThan } from "./weaker.ts";

/** Checks of other tests that each is compared with. */
const most = 300;

/**
 * Tests that check less than before, also under another name or in another file. A test that fails on the base as the
 * change has it does check something: what it lost is a remark then.
 */
export function weakenedTests({ changed, tests, isTest }: GateInput): Finding[] {
  const added = changed.files
    .filter(({ path }) => isTest(path))
    .flatMap((file) => file.added.map((place) => ({ ...place, file })));
  const proving = [...changed.fresh, ...changed.pairs.map(({ is }) => is)].filter(({ block, file }) =>
    proves(runsOf(block, file.path, tests)),
  );
  const proven = proving.map((place) => ({ place, checks: checksIn(place.block) }));
  return changed.pairs.flatMap(({ was, is }): Finding[] => {
    if (was.block.lines.join("\n") === is.block.lines.join("\n")) return [];
    const inside = (line: number) => line >= is.block.from && line < is.block.from + is.block.lines.length;
    const elsewhere = added.filter(({ file, line }) => file !== is.file || !inside(line));
    const what = weakerThan(
      was.block,
      is.block,
      elsewhere.map(({ words }) => words),
      proven.flatMap(({ place, checks }) => (place === is ? [] : checks)).slice(0, most),
    );
    if (what === null) return [];
    const weight = proves(runsOf(is.block, is.file.path, tests)) ? "remark" : "blocking";
    const reason = `The test "${is.block.name}" ${what}.`;
    return [{ gate: "assertion-weakened", weight, file: is.file.path, line: is.block.line, reason }];
  });
}
