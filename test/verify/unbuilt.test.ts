import { expect, jest, test } from "@jest/globals";
import { memoryBaselines } from "../../src/verify/baselines.ts";
import type { VerifyOptions } from "../../src/verify/options.ts";
import { patience } from "../helpers/until.ts";
import { inShort } from "./monorepo/in-short.ts";
import { type Files, fixture } from "./repository.ts";
import { sandboxWithPackages, verifyChange } from "./verifying.ts";

jest.setTimeout(patience);
const sandbox = await sandboxWithPackages();
const nodeTest = (name: string, check: string) =>
  `const { test } = require("node:test");\nconst assert = require("node:assert");\nconst { add } = require("../dist/add.js");\ntest("${name}", () => assert.strictEqual(${check}));\n`;
const source = (operator: string) => `exports.add = (a, b) => a ${operator} b;\n`;

/** What is tested is built before, and the last step of it asks a site for something. */
const base: Files = {
  "package.json": JSON.stringify({
    scripts: {
      test: "npm run lint && npm run build && npm run unit && npm run types",
      build: "npm run build:dist && npm run build:stats",
      "build:dist": "mkdir dist && cp src/add.js dist/",
      "build:stats": "node stats.js",
      unit: "node --test test/",
      lint: "eslint .",
      types: "tsc",
    },
  }),
  "stats.js": 'fetch("https://sizes.invalid/").then((answer) => console.log(answer.status));\n',
  "src/add.js": source("-"),
  "test/zero.test.js": nodeTest("adds nothing", "add(1, 0), 1"),
};
const fix = { "src/add.js": source("+"), "test/add.test.js": nodeTest("adds", "add(1, 2), 3") };

test("a build that fails at the base already does not keep the tests from running", async () => {
  using on = await fixture(base);
  const verification = await verifyChange(on, fix, { sandbox });
  expect(verification).toMatchObject({
    verdict: "verified",
    testCommand: '{ npm run build || echo "not built"; } && npm run unit',
    findings: [{ gate: "build-failed", weight: "remark" }],
  });
  expect(inShort(verification)).toEqual([
    "test/add.test.js adds: absent failed passed",
    "test/zero.test.js adds nothing: passed passed passed",
  ]);
});

test("so it is where the script for tests builds by itself", async () => {
  const script = "mkdir dist && cp src/add.js dist/ && git rev-parse HEAD && node --test test/";
  using on = await fixture({ ...base, "package.json": JSON.stringify({ scripts: { test: script } }) });
  const verification = await verifyChange(on, fix, { sandbox });
  expect(verification).toMatchObject({ verdict: "verified", findings: [{ gate: "build-failed" }] });
});

test("a build that only the change breaks is not forgiven", async () => {
  using on = await fixture({ ...base, "stats.js": "" });
  const verification = await verifyChange(on, { ...fix, "stats.js": "process.exit(1);\n" }, { sandbox });
  expect(verification).toMatchObject({
    verdict: "failed",
    reason: "still-red",
    testCommand: "npm run build && npm run unit",
  });
});

test("tests that want what nothing before them builds: it is built, and the command says so", async () => {
  const scripts = { build: "mkdir dist && cp src/add.js dist/", test: "node --test test/" };
  using on = await fixture({ ...base, "package.json": JSON.stringify({ scripts }) });
  const baselines = memoryBaselines();
  const ran: string[] = [];
  const emit: VerifyOptions["emit"] = (event) => void (event.type === "suite" && ran.push(event.which));
  const first = await verifyChange(on, fix, { sandbox, baselines, emit });
  expect(first).toMatchObject({
    verdict: "verified",
    testCommand: "npm run build && npm test",
    findings: [],
  });
  expect(inShort(first)).toEqual([
    "test/add.test.js adds: absent failed passed",
    "test/zero.test.js adds nothing: passed passed passed",
  ]);
  // As it is and after the build, each again for the test that is red.
  expect(ran.filter((which) => which === "base")).toHaveLength(4);

  // By then it is known of this base.
  ran.length = 0;
  const second = await verifyChange(on, fix, { sandbox, baselines, emit });
  expect(second).toMatchObject({ verdict: "verified", testCommand: "npm run build && npm test" });
  expect(ran.filter((which) => which === "base")).toHaveLength(1);

  const broken = { ...fix, "src/add.js": "exports.add = (a, b) =>\n" };
  expect(await verifyChange(on, broken, { sandbox, baselines })).toMatchObject({ verdict: "failed" });
});

test("a file that is missing for another reason is not looked for by a build", async () => {
  const scripts = { build: "touch built && exit 1", test: "node --test test/" };
  using on = await fixture({ ...base, "package.json": JSON.stringify({ scripts }) });
  const verification = await verifyChange(on, fix, { sandbox });
  expect(verification).toMatchObject({ testCommand: "npm test" });
  expect(verification.verdict).not.toBe("verified");
});
