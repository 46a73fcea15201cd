import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { body } from "../../../src/report/pull-request/body.ts";
import { verificationText } from "../../../src/report/text.ts";
import type { TestResult, Verification } from "../../../src/verify/types.ts";
import { suite, verified } from "../../helpers/verification.ts";
import { evidence, reportOf } from "./report.ts";

const result = (name: string, state: TestResult["state"]): TestResult => ({
  ...{ name, file: "test/a.test.js", state },
});
const old = result("old", "passed");
const red = [1, 2, 3].map((number) => result(`red ${number}`, "failed"));
const redEvidence = red.map(({ name }) => evidence(name, ["failed", "failed", "failed"]));

const verifications: Record<string, Verification> = {
  verified: verified(),
  "tests-pass": verified({
    ...{ verdict: "tests-pass", reason: "new-test-passes-on-base" },
    tests: [
      evidence("adds", ["absent", "passed", "passed"]),
      evidence("old", ["passed", "not-run", "passed"]),
    ],
    suites: {
      base: suite([old]),
      baseWithTests: suite([result("adds", "passed")]),
      head: suite([old, result("adds", "passed")]),
    },
  }),
  unverified: verified({
    ...{ verdict: "unverified", reason: "suite-unusable", problem: "setup-failed", tests: [] },
    suites: { base: suite([], { exitCode: 1, problem: "setup-failed", output: "npm error code E404" }) },
  }),
  "failed-by-gate": verified({
    ...{ verdict: "failed", reason: "blocked-by-gate" },
    tests: [
      evidence("old", ["passed", "passed", "skipped"]),
      evidence("adds", ["absent", "failed", "passed"], {
        failure: "missing-symbol",
        message: "add is not a function",
      }),
    ],
    findings: [
      {
        gate: "not-covered",
        weight: "remark",
        file: "src/add.js",
        line: 2,
        reason: "Not covered by any test.",
      },
      {
        ...{ gate: "test-skipped", weight: "blocking", file: "test/a.test.js", line: null },
        reason: 'The test "old" passed and is now skipped.',
      },
    ],
    suites: {
      base: suite([old]),
      baseWithTests: suite([old, result("adds", "failed")], { exitCode: 1 }),
      head: suite([result("old", "skipped"), result("adds", "passed")], { output: "1 passed, 1 skipped" }),
    },
  }),
  "red-base": verified({
    tests: [
      evidence("adds", ["absent", "failed", "passed"], {
        failure: "assertion",
        message: "expected 3, got 2",
      }),
      evidence("old", ["passed", "passed", "passed"]),
      ...redEvidence,
    ],
    suites: {
      base: suite([old, ...red], { exitCode: 1 }),
      baseWithTests: suite([old, ...red, result("adds", "failed")], { exitCode: 1 }),
      head: suite([old, ...red, result("adds", "passed")], { exitCode: 1 }),
    },
  }),
  flaky: verified({
    tests: [
      evidence("adds", ["absent", "failed", "passed"], {
        failure: "assertion",
        message: "expected 3, got 2",
      }),
      evidence("old", ["passed", "passed", "passed"], { flaky: true }),
    ],
  }),
};

/** Holds a text against the file that is kept of it; with UPDATE_BODIES=1 the file is written anew. */
async function expectKept(name: string, text: string): Promise<void> {
  const path = join(import.meta.dirname, "bodies", name);
  if (process.env.UPDATE_BODIES === "1") await writeFile(path, `${text}\n`);
  expect(`${text}\n`).toBe(await readFile(path, "utf8"));
}

test.each(Object.entries(verifications))("the body: %s", async (name, verification) => {
  await expectKept(`${name}.md`, body(reportOf(verification)));
});

test.each(Object.entries(verifications))("on a terminal: %s", async (name, verification) => {
  await expectKept(`${name}.txt`, verificationText(verification));
});
