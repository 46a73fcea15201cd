import { holdsTests } from "../test-files.ts";
import type { Finding, TestEvidence } from "../types.ts";
import { isAssertion, isIdle, isLoose, isSwallowing } from "./assertions.ts";
import type { GateInput } from "./gate.ts";
import { hunksBetween } from "./hunks.ts";
import { type TestBlock, testBlocks } from "./test-blocks.ts";

type Input = Pick<GateInput, "base" | "head" | "changes" | "tests">;

/**
 * Tests that check less than before: assertions gone or loosened, made trivially true, or wrapped so that they cannot fail.
 * A test that fails on the base as the change has it does check something: what it lost is a remark then.
 */
export async function weakenedTests({ base, head, changes, tests }: Input): Promise<Finding[]> {
  const files = changes.filter(
    ({ path, status, binary }) => status !== "deleted" && !binary && holdsTests(path),
  );
  const findings = await Promise.all(
    files.map(async ({ path, status }) => {
      const before = status === "added" ? "" : ((await base.read(path)) ?? "");
      const after = (await head.read(path)) ?? "";
      return [...idleIn(path, before, after), ...weakerIn(path, before, after, tests)];
    }),
  );
  return findings.flat();
}

function idleIn(file: string, before: string, after: string): Finding[] {
  return hunksBetween(before, after).flatMap(({ added, removed }) => {
    const old = new Set(removed.map(({ text }) => text.trim()));
    return added
      .filter(({ text }) => text.length <= 2_000 && !old.has(text.trim()))
      .flatMap(({ line, text }): Finding[] => {
        if (isIdle(text)) return [blocking("assertion-idle", file, line, "This assertion cannot fail.")];
        if (isSwallowing(text))
          return [blocking("failure-swallowed", file, line, "A failure in this test is swallowed here.")];
        return [];
      });
  });
}

function weakerIn(file: string, before: string, after: string, tests: readonly TestEvidence[]): Finding[] {
  const old = Map.groupBy(testBlocks(before), ({ name }) => name);
  return testBlocks(after).flatMap((block): Finding[] => {
    const was = old.get(block.name);
    // Namesakes cannot be told apart by their text.
    if (was?.length !== 1 || was[0] === undefined) return [];
    const what = weakerThan(was[0], block);
    if (what === null) return [];
    const proves = tests.some(
      (test) => test.name.endsWith(block.name) && test.baseWithTests === "failed" && test.head === "passed",
    );
    const finding = blocking("assertion-weakened", file, block.line, `The test "${block.name}" ${what}.`);
    return [proves ? { ...finding, weight: "remark" } : finding];
  });
}

function weakerThan(before: TestBlock, after: TestBlock): string | null {
  const count = (block: TestBlock, is: (line: string) => boolean) => block.lines.filter(is).length;
  const lost = count(before, isAssertion) - count(after, isAssertion);
  if (lost > 0) return `has ${lost === 1 ? "an assertion" : `${lost} assertions`} less than before`;
  const loosened = count(after, isLoose) - count(before, isLoose);
  const strict =
    count(after, isAssertion) - count(after, isLoose) - (count(before, isAssertion) - count(before, isLoose));
  return loosened > 0 && strict < 0 ? "checks more loosely than before" : null;
}

const blocking = (gate: string, file: string, line: number, reason: string): Finding => ({
  gate,
  weight: "blocking",
  file,
  line,
  reason,
});
