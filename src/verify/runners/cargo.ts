import type { TestResult } from "../types.ts";
import { outputInto, type Reports, type TestRunner } from "./runner.ts";

/** cargo's own text, one `test a::b ... ok` a test; its JSON is not stable yet. */
export const cargo: TestRunner = {
  ask: (toolchain, { reports }) => ({
    command: outputInto(
      `${reports}/cargo.txt`,
      toolchain.test.replace(/\bcargo\s+test\b(?!.*--no-fail-fast)/, "cargo test --no-fail-fast"),
    ),
  }),
  read,
};

function read(reports: Reports): TestResult[] {
  const text = [...reports.values()].join("\n");
  let target: string | null = null;
  const results: TestResult[] = [];
  for (const line of text.split("\n")) {
    target = /^\s*Running (?:unittests )?(\S+\.rs)/.exec(line)?.[1] ?? target;
    const [, name, end] = /^test (.+?)(?: - should panic)? \.\.\. (ok|FAILED|ignored)/.exec(line) ?? [];
    if (name === undefined) continue;
    const state = end === "ok" ? "passed" : end === "FAILED" ? "failed" : "skipped";
    results.push({
      name,
      file: target,
      state,
      ...(state === "failed" ? { message: panicOf(text, name) } : {}),
    });
  }
  return results;
}

function panicOf(text: string, name: string): string {
  const start = text.indexOf(`---- ${name} stdout ----`);
  return start < 0 ? "" : (text.slice(start).split(/\n\n(?=----|failures:)/)[0] ?? "");
}
