import { expect, test } from "@jest/globals";
import { testScript } from "../../src/verify/toolchains/test-script.ts";

const reach = 'PATH="$PWD/node_modules/.bin:$PATH"; export PATH; ';

test.each([
  ["jest", "jest", "npm test --"],
  ["NODE_ENV=test jest --coverage", "jest", "npm test --"],
  ["cross-env NODE_ENV=test jest", "jest", "npm test --"],
  ["node --experimental-vm-modules node_modules/jest/bin/jest.js", "jest", "npm test --"],
  ["npx --no-install mocha 'test/**/*.js'", "mocha", "npm test --"],
  ["nyc --all mocha", "mocha", "npm test --"],
  ["c8 node --test", "node-test", "npm test --"],
  ["tsx --test", "node-test", "npm test --"],
  ["npm run build && jest", "jest", "npm test --"],
  ["npm run unit", "vitest", "npm run unit --"],
  ["tsc && npm run unit", "vitest", "tsc && npm run unit --"],
  ["jest && eslint .", "jest", "npx --no-install jest"],
  ["A=1 mocha --exit && eslint .", "mocha", "A=1 npx --no-install mocha --exit"],
  ["node --test && eslint .", "node-test", "node --test"],
  ["eslint . && c8 node --test && tsc", "node-test", "npx --no-install c8 node --test"],
  ["npm run test", "command", "npm test"],
  ["pnpm vitest run", "vitest", "npm test --"],
  ["jasmine --config=jasmine.json", "jasmine", "npm test --"],
  ["node bin/with-flags.js mocha test/**/*.js --exit", "mocha", "npm test --"],
  ["istanbul cover _mocha -- test.js", "mocha", "npm test --"],
  ["tap", "tap", "npm test --"],
  ["c8 tape 'test/**/*.js'", "tap", "npm test --"],
  ["eslint . && ava && tsc", "tap", "npx --no-install ava"],
  ["node test.js", "command", "npm test"],
])("`%s` calls %s through `%s`", (script, runner, testWithArguments) => {
  const scripts = { test: script, unit: "vitest run" };
  expect(testScript(scripts, "npm")).toMatchObject({ runner, testWithArguments, test: "npm test" });
});

test.each([
  ["npm run lint && npm run unit && npm run browser", "npm run unit", "npm run unit --"],
  ["run-s lint build unit", "npm run build && npm run unit", "npm run build && npm run unit --"],
  ['run-s "unit {@}" "browser {@}"', "npm run unit", "npm run unit --"],
  ["npm run unit && npm run browser && npm run check:unit", "npm run unit", "npm run unit --"],
  ["npm-run-all -s check:*", "npm run check:unit", "npm run check:unit --"],
])("of the scripts in `%s`, the one that calls a runner is run: %s", (script, test, testWithArguments) => {
  const scripts = {
    test: script,
    lint: "eslint .",
    build: "tsc",
    unit: "vitest run",
    browser: "karma start",
    "check:lint": "eslint .",
    "check:unit": "vitest run",
  };
  expect(testScript(scripts, "npm")).toMatchObject({ runner: "vitest", test, testWithArguments });
});

test.each([
  ["npm run lint && npm run specs", "npm run specs"],
  ["npm run check && spec-runner --all", `${reach}spec-runner --all`],
  ["eslint . && npm run prepare && npm run specs", "npm run prepare && npm run specs"],
  ["npm run lint", "npm test"],
  ["npm run lint; npm run specs", "npm test"],
])("linters in `%s` keep an unknown runner from nothing: %s", (script, test) => {
  const scripts = {
    test: script,
    lint: "eslint . && prettier --check .",
    check: "npm run lint && tsc --noEmit",
    specs: "spec-runner",
    prepare: "copy",
  };
  expect(testScript(scripts, "npm")).toMatchObject({ runner: "command", test });
});

test.each([
  ["eslint . && tsc && mocha dist && tsd", "mocha", "tsc && mocha dist"],
  [
    "rm -rf dist && tsc && node --test a && node --test b && size",
    "node-test",
    "rm -rf dist && tsc && node --test a && node --test b",
  ],
])("what `%s` does before its tests stays, and what comes after them does not", (script, runner, kept) => {
  const found = testScript({ test: script }, "npm");
  expect(found).toMatchObject({ runner, test: kept, testWithArguments: `${reach}${kept}` });
  expect(found?.builds).toBeDefined();
});

test("what is behind TAP only shows it", () => {
  const scripts = { pretest: "pack", test: "tape test/*.js | tap-view --short" };
  const test = "npm run pretest && npx --no-install tape test/*.js";
  expect(testScript(scripts, "npm")).toMatchObject({ runner: "tap", test, builds: "npm run pretest" });
});

test.each([
  ["run-s unit:*", 'npm run unit:a -- "$@" || failed=$?; npm run unit:b -- "$@" || failed=$?; '],
  [
    "mocha a && A=1 mocha b",
    'npx --no-install mocha a "$@" || failed=$?; A=1 npx --no-install mocha b "$@" || failed=$?; ',
  ],
])("`%s`, all of it mocha, is run to its end, and each part is given what is added", (script, each) => {
  const scripts = { test: script, "unit:a": "mocha a", "unit:b": "mocha b" };
  const testWithArguments = `sh -c 'failed=0; ${each}exit $failed' tests`;
  expect(testScript(scripts, "npm")).toMatchObject({ runner: "mocha", testWithArguments });
});

test("what npm would run after the tests is left out", () => {
  const scripts = { test: "mocha", posttest: "coveralls < lcov.info" };
  expect(testScript(scripts, "npm")?.testWithArguments).toBe("npm --ignore-scripts run test --");
  expect(testScript({ ...scripts, pretest: "tsc" }, "npm")?.testWithArguments).toBe(
    "npm run pretest && npm --ignore-scripts run test --",
  );
});

test("what npm runs before the tests is part of the script", () => {
  const scripts = { pretest: "tsc", test: "node --test" };
  expect(testScript(scripts, "npm")?.script).toBe("npm run pretest && node --test");
  expect(testScript(scripts, "pnpm")?.script).toBe("node --test");
  const further = { pretest: "tsc", test: "npm run unit", unit: "node --test" };
  expect(testScript(further, "npm")?.script).toBe("npm run pretest && node --test");
  const several = { test: "run-s build unit lint", build: "tsc", unit: "node --test", lint: "eslint ." };
  expect(testScript(several, "npm")?.script).toBe("npm run build && node --test");
});
