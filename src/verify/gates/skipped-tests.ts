import { holdsTests } from "../test-files.ts";
import type { Finding } from "../types.ts";
import type { GateInput } from "./gate.ts";

const skips = [
  /\b(describe|it|test|suite|context|bench)\.(concurrent\.)?(skip|todo|fixme)\b/,
  /\b(xit|xdescribe|xtest|xcontext|xspecify)\s*[(.]/,
  /\{[^{}]*\b(skip|todo)\s*:\s*(true|["'`])/, // node:test's options
  /@?\bpytest\.mark\.(skip|xfail)\b|\bpytest\.(skip|xfail)\s*\(/,
  /@(unittest\.)?(skip|expectedFailure)\b|\bself\.skipTest\s*\(|\braise\s+(unittest\.)?SkipTest\b/,
  /\b[tb]\.Skip(Now|f)?\s*\(/,
  /^\s*#\[ignore\b/,
  /@(Disabled|Ignore)\b/,
];

const focuses = [
  /\b(describe|it|test|suite|context)\.(concurrent\.)?only\b/,
  /\b(fit|fdescribe|fcontext)\s*\(/,
  /\{[^{}]*\bonly\s*:\s*true/,
];

/** Lines that a change adds to its tests by which some of them no longer run. */
export async function skippedTests({
  base,
  head,
  changes,
}: Pick<GateInput, "base" | "head" | "changes">): Promise<Finding[]> {
  const files = changes.filter(
    ({ path, status, binary }) => status !== "deleted" && !binary && holdsTests(path),
  );
  const findings = await Promise.all(
    files.map(async ({ path, status }) => {
      const before = status === "added" ? "" : ((await base.read(path)) ?? "");
      return findingsIn(path, before, (await head.read(path)) ?? "");
    }),
  );
  return findings.flat();
}

function findingsIn(file: string, before: string, after: string): Finding[] {
  const old = new Set(before.split("\n").map((line) => line.trim()));
  return after.split("\n").flatMap((text, index): Finding[] => {
    if (old.has(text.trim()) || text.length > 2_000) return [];
    const line = index + 1;
    if (skips.some((pattern) => pattern.test(text))) {
      return [
        {
          gate: "test-skipped",
          weight: "blocking",
          file,
          line,
          reason: "A test is marked as not to be run.",
        },
      ];
    }
    if (focuses.some((pattern) => pattern.test(text))) {
      return [
        {
          gate: "test-focused",
          weight: "blocking",
          file,
          line,
          reason: "One test is marked as the only one to run.",
        },
      ];
    }
    return [];
  });
}
