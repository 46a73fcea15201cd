import { expect, jest, test } from "@jest/globals";
import { patience } from "../helpers/until.ts";
import { inShort } from "./monorepo/in-short.ts";
import { type Files, fixture } from "./repository.ts";
import { linkPackages, sandboxWithPackages, verifyChange } from "./verifying.ts";

jest.setTimeout(patience);
const sandbox = await sandboxWithPackages();
const options = { sandbox, config: { setup: linkPackages }, narrowAfterMs: patience };
const scripts = (all: Record<string, string>) => JSON.stringify({ scripts: all });
const source = (operator: string) => `exports.add = (a, b) => a ${operator} b;\n`;
const jestTest = 'test("adds", () => expect(require("../index.js").add(1, 2)).toBe(3));\n';
const mochaTest = (name: string, check: string) =>
  `const assert = require("assert");\nconst { add } = require("../../index.js");\nit("${name}", () => assert.strictEqual(${check}));\n`;
const nodeTest = (name: string, check: string) =>
  `const { test } = require("node:test");\n${mochaTest(name, check).replace("../..", "..").replace("it(", "test(")}`;

/** mocha for what runs in node, a browser for the rest, both called by grunt. */
const grunt: Files = {
  "package.json": scripts({ test: "grunt test && bundlesize" }),
  "Gruntfile.js": `module.exports = function (grunt) {
  grunt.initConfig({
    karma: { single: { configFile: "karma.conf.js" } },
    mochaTest: { test: { src: ["test/unit/**/*.js"] }, options: { timeout: 30000 } },
  });
  grunt.registerTask("test", ["eslint", "mochaTest", "karma:single"]);
};
`,
  "index.js": source("-"),
  "test/unit/zero.js": mochaTest("adds nothing", "add(1, 0), 1"),
  "test/specs/add.spec.js":
    'describe("in a browser", () => it("is there", () => expect(add).toBeDefined()));\n',
};

test("what grunt would let mocha run is run by mocha", async () => {
  using on = await fixture(grunt);
  // grunt would end with something open too.
  const open = 'require("net").createServer().listen(0);\n';
  const added = `${mochaTest("adds", "add(1, 2), 3")}${open}`;
  const change = { "index.js": source("+"), "test/unit/add.js": added };
  const verification = await verifyChange(on, change, options);
  expect(verification).toMatchObject({
    verdict: "verified",
    testCommand: "npx --no-install mocha --timeout 30000 --exit 'test/unit/**/*.js'",
  });
  expect(inShort(verification)).toEqual([
    "test/unit/add.js adds: absent failed passed",
    "test/unit/zero.js adds nothing: passed passed passed",
  ]);
});

test("tests that the command does not reach are said to be not run", async () => {
  using on = await fixture(grunt);
  const change = {
    "index.js": source("+"),
    "test/specs/add.spec.js": `${grunt["test/specs/add.spec.js"]}it("adds in a browser", () => expect(add(1, 2)).toEqual(3));\n`,
  };
  const verification = await verifyChange(on, change, { ...options, narrowAfterMs: 0 });
  expect(verification).toMatchObject({
    verdict: "tests-pass",
    reason: "new-test-not-run",
    findings: [{ gate: "tests-not-run", weight: "remark", file: "test/specs/add.spec.js" }],
  });
});

test("a shell program of the repository that takes no arguments is not in the way of the runner", async () => {
  using on = await fixture({
    "package.json": scripts({ test: "./scripts/jest" }),
    "scripts/jest": "#!/bin/bash\nif [[ $TRAVIS ]]; then jest -i; else jest; fi\n",
    "index.js": source("-"),
  });
  const change = { "index.js": source("+"), "test/add.test.js": jestTest };
  const verification = await verifyChange(on, change, options);
  expect(verification.verdict).toBe("verified");
  expect(inShort(verification)).toEqual(["test/add.test.js adds: absent failed passed"]);
});

test("of several scripts for node's runner each is run, also after one that fails", async () => {
  using on = await fixture({
    "package.json": scripts({
      test: "npm run test:specs && npm run test:unit && npm run test:lint",
      "test:specs": "node --test --test-reporter=spec test/specs.js",
      "test:unit": "node --test --test-reporter=spec test/unit.js",
      "test:lint": "eslint",
    }),
    "index.js": source("-"),
    "test/specs.js": nodeTest("adds nothing", "add(1, 0), 1"),
    "test/unit.js": nodeTest("adds nothing to nothing", "add(0, 0), 0"),
  });
  const change = { "index.js": source("+"), "test/specs.js": nodeTest("adds", "add(1, 2), 3") };
  const verification = await verifyChange(on, change, { sandbox, narrowAfterMs: patience });
  expect(inShort(verification)).toContain("test/unit.js adds nothing to nothing: passed passed passed");
  expect(inShort(verification)).toContain("test/specs.js adds: absent failed passed");
});

test("of several runs of mocha each is read, also after one that fails", async () => {
  using on = await fixture({
    "package.json": scripts({
      test: "npm-run-all test:*",
      "test:specs": "mocha test/a/specs.js",
      "test:unit": "mocha test/b/unit.js",
    }),
    "index.js": source("-"),
    "test/a/specs.js": mochaTest("adds nothing", "add(1, 0), 2"),
    "test/b/unit.js": mochaTest("adds nothing to nothing", "add(0, 0), 0"),
  });
  const change = { "index.js": source("+"), "test/b/unit.js": mochaTest("adds", "add(1, 2), 3") };
  const verification = await verifyChange(on, change, options);
  expect(inShort(verification)).toContain("test/a/specs.js adds nothing: failed failed failed");
  expect(inShort(verification)).toContain("test/b/unit.js adds: absent failed passed");
});

test("a script that leaves linters and browsers beside mocha to others is not held up by them", async () => {
  using on = await fixture({
    "package.json": scripts({
      test: "npm run lint && npm run test:mocha && npm run test:karma && npm run test:exports",
      lint: "eslint .",
      "test:mocha": `node bin/run.js mocha test/unit/**/*.js --exit`,
      "test:karma": "karma start",
      "test:exports": "node bin/run.js mocha test/exports.js",
    }),
    "bin/run.js":
      'const { spawnSync } = require("child_process");\nprocess.exitCode = spawnSync(process.argv.slice(2).join(" "), { shell: true, stdio: "inherit" }).status;\n',
    "index.js": source("-"),
    "test/unit/add/zero.js": mochaTest("adds nothing", "add(1, 0), 1").replace("../..", "../../.."),
  });
  const change = {
    "index.js": source("+"),
    "test/unit/add/one.js": mochaTest("adds", "add(1, 2), 3").replace("../..", "../../.."),
  };
  const verification = await verifyChange(on, change, { ...options, narrowAfterMs: 0 });
  expect(verification).toMatchObject({ verdict: "verified", testCommand: "npm run test:mocha" });
  expect(verification.suites.baseWithTests?.command).toBe(
    'PATH="$PWD/node_modules/.bin:$PATH" node bin/run.js mocha --exit test/unit/add/one.js',
  );
});
