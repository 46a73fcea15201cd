import type { TestResult } from "../types.ts";
import type { Reports, TestRunner } from "./runner.ts";
import { cargoSummary } from "./summaries.ts";

/** cargo's own text, one `test a::b ... ok` a test; its JSON is not stable yet. */
export const cargo: TestRunner = {
  ask: (toolchain) => ({
    command: toolchain.test.replace(/\bcargo\s+test\b(?!.*--no-fail-fast)/, "cargo test --no-fail-fast"),
    env: { CARGO_TERM_COLOR: "never", CARGO_NET_OFFLINE: "true" },
  }),
  readsOutput: true,
  summary: cargoSummary,
  read,
};

function read(reports: Reports): TestResult[] {
  const lines = [...reports.values()].flatMap((text) => text.split("\n"));
  const panics = panicsIn(lines);
  let target: string | null = null;
  const results: TestResult[] = [];
  for (const line of lines) {
    target = /^\s*Running (?:unittests )?(\S+\.rs)/.exec(line)?.[1] ?? target;
    const [, name, end] = /^test (.+?)(?: - should panic)? \.\.\. (ok|FAILED|ignored)/.exec(line) ?? [];
    if (name === undefined) continue;
    const state = end === "ok" ? "passed" : end === "FAILED" ? "failed" : "skipped";
    results.push({
      name,
      file: target,
      state,
      ...(state === "failed" ? { message: panics.get(name)?.join("\n") ?? "" } : {}),
    });
  }
  return results;
}

/** What stands below `---- name stdout ----`. */
function panicsIn(lines: readonly string[]): Map<string, string[]> {
  const panics = new Map<string, string[]>();
  let current: string[] | undefined;
  for (const line of lines) {
    const [, name] = /^---- (.+) stdout ----$/.exec(line) ?? [];
    if (name !== undefined) {
      current = [];
      panics.set(name, current);
    } else if (line === "failures:") current = undefined;
    else current?.push(line);
  }
  return panics;
}
