import { expect, test } from "@jest/globals";
import { testScript } from "../../src/verify/toolchains/test-script.ts";

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
  ["node --test && eslint .", "node-test", "npm test"],
  ["npm run test", "command", "npm test"],
  ["pnpm vitest run", "vitest", "npm test --"],
  ["jasmine --config=jasmine.json", "jasmine", "npm test --"],
  ["node bin/with-flags.js mocha test/**/*.js --exit", "mocha", "npm test --"],
  ["istanbul cover _mocha -- test.js", "mocha", "npm test --"],
  ["tap", "command", "npm test"],
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
