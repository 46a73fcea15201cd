import { readJsonLines } from "./json-lines.ts";
import { withNodeOptions } from "./node-options.ts";
import { nodeReporter } from "./node-test-reporter.ts";
import type { TestableToolchain, TestRunner } from "./runner.ts";

/** node:test through a reporter of ours, by environment, so that it reaches the runner through any script. */
export const nodeTest: TestRunner = {
  ask: (toolchain, { reports, programs }) => {
    const request = withNodeOptions(toolchain, toolchain.test, nodeOptions(toolchain, programs));
    return { ...request, env: { ...request.env, FIRSTDRAFT_REPORTS: reports } };
  },
  programs: { "node-test-reporter.mjs": nodeReporter },
  writes: /^node-test-\d+\.jsonl$/,
  marks: true,
  read: readJsonLines,
};

/** node wants as many destinations as reporters, and the script may name reporters of its own. */
function nodeOptions(toolchain: TestableToolchain, programs: string): string {
  const script = toolchain.script ?? toolchain.test;
  const reporters = script.match(/--test-reporter[=\s]/g)?.length ?? 0;
  const destinations = script.match(/--test-reporter-destination[=\s]/g)?.length ?? 0;
  const shown = reporters === 0 ? ["--test-reporter=spec"] : [];
  const open = Math.max(reporters - destinations, 0) + shown.length;
  return [
    `--test-reporter=${programs}/node-test-reporter.mjs`,
    "--test-reporter-destination=stdout",
    ...shown,
    ...Array.from({ length: open }, () => "--test-reporter-destination=stdout"),
  ].join(" ");
}
