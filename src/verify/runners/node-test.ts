import { readJsonLines } from "./json-lines.ts";
import { withNodeOptions } from "./node-options.ts";
import { nodeReporter } from "./node-test-reporter.ts";
import { commandsOf } from "./recognise.ts";
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
    const command = toolchain.testWithArguments ?? toolchain.test;
    const request = withNodeOptions(toolchain, command, nodeOptions(toolchain, programs));
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
  const commands = commandsOf(toolchain.script ?? toolchain.test);
  const most = (option: RegExp) => Math.max(0, ...commands.map((one) => one.match(option)?.length ?? 0));
  const reporters = most(/--test-reporter[=\s]/g);
  const destinations = most(/--test-reporter-destination[=\s]/g);
  const shown = reporters === 0 ? ["--test-reporter=spec"] : [];
  const open = Math.max(reporters - destinations, 0) + shown.length;
  return [
    `--test-reporter=${programs}/node-test-reporter.mjs`,
    "--test-reporter-destination=stdout",
    ...shown,
    ...Array.from({ length: open }, () => "--test-reporter-destination=stdout"),
  ].join(" ");
}
