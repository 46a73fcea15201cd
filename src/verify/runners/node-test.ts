import { readJsonLines } from "./json-lines.ts";
import { withNodeOptions } from "./node-options.ts";
import { nodeReporter } from "./node-test-reporter.ts";
import { quoted, type TestableToolchain, type TestRunner } from "./runner.ts";
import { scriptWords } from "./script-words.ts";

const node = {
  program: /^node$/,
  withValue:
    /^(-r|--require|--import|--(experimental-)?loader|--env-file(-if-exists)?|-C|--conditions|--disable-warning|--stack-trace-limit|--test-(concurrency|isolation|name-pattern|reporter|reporter-destination|skip-pattern|timeout))$/,
  alone:
    /^--(test|test-(force-exit|only)|no-[\w-]+|enable-source-maps|expose-gc|experimental-(strip-types|transform-types|test-[\w-]+|vm-modules|global-webcrypto))$/,
};

/** node:test through a reporter of ours, by environment, so that it reaches the runner through any script. */
export const nodeTest: TestRunner = {
  ask: (toolchain, { reports, programs }) => {
    const request = withNodeOptions(toolchain, toolchain.test, nodeOptions(toolchain, programs));
    return { ...request, env: { ...request.env, FIRSTDRAFT_REPORTS: reports } };
  },
  only,
  programs: { "node-test-reporter.mjs": nodeReporter },
  writes: /^node-test-\d+\.jsonl$/,
  marks: true,
  read: readJsonLines,
};

/** Of a script that is `node --test` itself, with its flags. What part of the sources is covered says nothing then. */
function only({ test, script = test }: TestableToolchain, files: readonly string[]): string | null {
  const words = scriptWords(script, node);
  if (words === null || !words.flags.includes("--test") || /NODE_OPTIONS=|coverage|shard/.test(script))
    return null;
  const command = [...words.assignments, "node", ...words.flags, ...files].map(quoted).join(" ");
  // What npm does for a script.
  return script === test ? command : `PATH="$PWD/node_modules/.bin:$PATH" ${command}`;
}

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
