import { expect, test } from "@jest/globals";
import { openSandbox } from "../../src/sandbox/open-sandbox.ts";
import { fixture } from "./repository.ts";
import { verifyChange } from "./verifying.ts";

const sandbox = await openSandbox({ provider: "bubblewrap", acceptNoSandbox: false });
const test1 =
  'import test from "node:test";\nimport assert from "node:assert";\nimport { two } from "./lib.mjs";\ntest("two", () => assert.equal(two, 2));\n';

test.each([
  "NODE_OPTIONS=--no-warnings node --test",
  "NODE_OPTIONS='--no-warnings --stack-trace-limit=20' node --test",
])("a script that sets NODE_OPTIONS itself: %s", async (script) => {
  using on = await fixture({
    "package.json": JSON.stringify({ scripts: { test: script } }),
    "lib.mjs": "export const two = 1;\n",
  });
  const change = { "lib.mjs": "export const two = 2;\n", "lib.test.mjs": test1 };
  const verification = await verifyChange(on, change, { sandbox });
  expect(verification).toMatchObject({ verdict: "verified", reason: "proved" });
  expect(verification.tests).toMatchObject([
    { name: "two", file: "lib.test.mjs", base: "absent", baseWithTests: "failed", head: "passed" },
  ]);
});
