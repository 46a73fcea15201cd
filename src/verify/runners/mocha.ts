import { readJsonLines } from "./json-lines.ts";
import { marking } from "./marks.ts";
import { quoted, type TestableToolchain, type TestRunner, withArguments } from "./runner.ts";
import { reached, scriptWords } from "./script-words.ts";

const mochaWords = {
  program: /^(\.?\/?node_modules\/(\.bin\/mocha|mocha\/bin\/\w+(\.\w+)?)|_?mocha)$/,
  withValue:
    /^(-r|--require|--import|-t|--timeout|-R|--reporter|-O|--reporter-options?|-u|--ui|--file|--ignore|--extension|--config|--globals?|-g|--grep|-f|--fgrep|--retries|-s|--slow|-j|--jobs|-n|--node-option)$/,
  alone:
    /^(--exit|--recursive|--check-leaks|-b|--bail|--forbid-(only|pending)|-p|--parallel|-c|--colou?rs?|--no-[\w-]+|--sort|-S|--full-trace|--inline-diffs|-A|--async-only|--allow-uncaught|--enable-source-maps)$/,
};

/**
 * A reporter of ours, given by its path as every mocha takes it: its own JSON goes to a file since 9.2 only, and is not
 * written at all where the tests end the process. https://mochajs.org/#custom-reporters
 */
const reporter = `
"use strict";
const { createHash } = require("node:crypto");
const { appendFileSync, writeFileSync } = require("node:fs");
const { basename } = require("node:path");

module.exports = function (runner) {
  const report = process.env.FIRSTDRAFT_REPORTS + "/mocha-" + process.pid + ".jsonl";
  ${marking}
  const record = (test, state, error) => {
    const [said = "", stack = ""] = error ? [String(error.message || error), String(error.stack || "")] : [];
    const message = (stack.includes(said) ? stack : said + "\\n" + stack).trim();
    const entry = { name: test.fullTitle(), file: test.file, state, message: message.slice(0, 20000) || undefined };
    put(entry);
    console.log((state === "passed" ? "  ok " : state === "failed" ? "  FAILED " : "  skipped ") + entry.name);
    if (message) console.log(message.replace(/^/gm, "    "));
  };
  writeFileSync(report, "");
  runner.on("pass", (test) => record(test, "passed"));
  runner.on("fail", (test, error) => record(test, "failed", error));
  runner.on("pending", (test) => record(test, "skipped"));
  runner.on("end", endMark);
};
`;

export const mocha: TestRunner = {
  ask: (toolchain, { reports, programs }) => ({
    command: withArguments(toolchain, `--reporter=${programs}/mocha-reporter.cjs`),
    env: { FIRSTDRAFT_REPORTS: reports },
  }),
  only,
  programs: { "mocha-reporter.cjs": reporter },
  writes: /^mocha-\d+\.jsonl$/,
  marks: true,
  read: readJsonLines,
  foundNothing: ({ output }) => /^Error: No test files found/m.test(output),
};

/**
 * Of a script that is mocha itself, with its flags, or a program of the repository that runs the command behind it. Files
 * that its configuration names would be run as well.
 */
function only(toolchain: TestableToolchain, files: readonly string[]): string | null {
  const { test, script = test, namesTests } = toolchain;
  const [through = ""] = /^node [\w./-]+\.[cm]?js (?=_?mocha )/.exec(script) ?? [];
  const words = scriptWords(script.slice(through.length).replace(/^npx (--no-install )?/, ""), mochaWords);
  if (words === null || namesTests === true || words.flags.some((flag) => flag.startsWith("--spec")))
    return null;
  const own = reached(files, words.files);
  if (own.length === 0) return null;
  const isPath = words.program.includes("/") || through !== "";
  const program = isPath ? words.program : `npx --no-install ${words.program}`;
  // What npm does for a script.
  const start = through === "" ? "" : `PATH="$PWD/node_modules/.bin:$PATH" ${through}`;
  const all = [...words.assignments.map(quoted), program, ...[...words.flags, ...own].map(quoted)];
  return `${start}${all.join(" ")}`;
}
