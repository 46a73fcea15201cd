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
  ["tap", "command", "npm test"],
])("`%s` calls %s through `%s`", (script, runner, testWithArguments) => {
  const scripts = { test: script, unit: "vitest run" };
  expect(testScript(scripts, "npm")).toMatchObject({ runner, testWithArguments, test: "npm test" });
});
