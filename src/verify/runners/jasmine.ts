import { readJsonLines } from "./json-lines.ts";
import { marking } from "./marks.ts";
import { withNodeOptions } from "./node-options.ts";
import { type TestRunner, withArguments } from "./runner.ts";

/**
 * Adds a reporter when jasmine has put itself among the globals, whatever its version and its configuration:
 * `--reporter` of the command line is younger, and `--helper` does not work in each. https://jasmine.github.io/api/edge/Reporter.html
 */
const hook = `
"use strict";
const { createHash } = require("node:crypto");
const { appendFileSync, writeFileSync } = require("node:fs");
const { basename } = require("node:path");
const report = process.env.FIRSTDRAFT_REPORTS + "/jasmine-" + process.pid + ".jsonl";
${marking}
function record(name, state, file, failures, whole) {
  const message = (failures || []).map((one) => [one.message, one.stack].filter(Boolean).join("\\n")).join("\\n").slice(0, 20000);
  put({ name, state, file, whole, message: message || undefined });
}

const failed = (result) => (result.failedExpectations || []).length > 0;

const reporter = {
  jasmineStarted() {
    writeFileSync(report, "");
  },
  specDone(result) {
    const state = result.status === "passed" || result.status === "failed" ? result.status : "skipped";
    record(result.fullName, state, result.filename, result.failedExpectations);
  },
  suiteDone(result) {
    if (failed(result)) record(result.fullName + " (suite)", "failed", result.filename, result.failedExpectations);
  },
  jasmineDone(result) {
    for (const one of (result && result.failedExpectations) || []) {
      const file = (/\\(?(\\/[^():]+\\.[cm]?[jt]sx?):\\d+/.exec(one.stack || "") || [])[1];
      record(file || "(all)", "failed", file, [one], one.globalErrorType === "load" && file !== undefined);
    }
    endMark();
  },
};

let known;
let hooked;
Object.defineProperty(globalThis, "jasmine", {
  configurable: true,
  enumerable: true,
  get: () => known,
  set(value) {
    known = value;
    const env = value && typeof value.getEnv === "function" ? value.getEnv() : undefined;
    if (env === undefined || env === hooked) return;
    hooked = env;
    // A later version's cannot be changed.
    if (!Object.isExtensible(env)) return env.addReporter(reporter);
    const { execute } = env;
    // Not before: the command line may clear the reporters until then.
    env.execute = function (...given) {
      env.addReporter(reporter);
      return execute.apply(this, given);
    };
  },
});
`;

export const jasmine: TestRunner = {
  ask: (toolchain, { reports, programs }) => {
    const command = toolchain.testWithArguments ?? toolchain.test;
    const request = withNodeOptions(toolchain, command, `--require=${programs}/jasmine-hook.cjs`);
    return { ...request, env: { ...request.env, FIRSTDRAFT_REPORTS: reports } };
  },
  only: (toolchain, files) => withArguments(toolchain, ...files),
  programs: { "jasmine-hook.cjs": hook },
  writes: /^jasmine-\d+\.jsonl$/,
  marks: true,
  read: readJsonLines,
  foundNothing: ({ output }) => /^(No specs found|Incomplete: No specs found)/m.test(output),
};
