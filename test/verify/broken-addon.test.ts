import { expect, jest, test } from "@jest/globals";
import { patience } from "../helpers/until.ts";
import { sandboxWithPrograms } from "./monorepo/shop.ts";
import { type Files, fixture } from "./repository.ts";
import { verifyChange } from "./verifying.ts";

jest.setTimeout(patience);
const sandbox = await sandboxWithPrograms();
const nodeTest = (name: string, check: string) =>
  `const { test } = require("node:test");\nconst assert = require("node:assert");\nconst { add } = require("./add.js");\nrequire("clock");\ntest("${name}", () => assert.strictEqual(${check}));\n`;

/** One of its packages wants to compile something, which does not succeed, and says that it is for another node. */
const base: Files = {
  "package.json": JSON.stringify({
    scripts: { test: "node --test" },
    dependencies: { clock: "file:./fixtures/clock" },
  }),
  "fixtures/clock/package.json": JSON.stringify({
    name: "clock",
    version: "1.0.0",
    engines: { node: "<=9" },
    scripts: { install: "echo gyp ERR! not ok; exit 1" },
  }),
  "fixtures/clock/index.js": "",
  "add.js": "exports.add = (a, b) => a - b;\n",
};
const fix = { "add.js": "exports.add = (a, b) => a + b;\n", "add.test.js": nodeTest("adds", "add(1, 2), 3") };

test.each([
  ["npm", {}],
  ["yarn", { "yarn.lock": "" }],
])("%s: an addon that does not compile keeps nobody from testing the rest", async (manager, more) => {
  const config = manager === "yarn" ? { setup: "yarn install" } : {};
  using on = await fixture({ ...base, ...more });
  const verification = await verifyChange(on, fix, { sandbox, config });
  expect(verification.suites.base?.output).not.toContain("gyp");
  expect(verification).toMatchObject({ verdict: "verified" });
});

test("a script of the repository's own that fails is not left out", async () => {
  using on = await fixture({
    ...base,
    "package.json": JSON.stringify({
      scripts: { test: "node --test", postinstall: "echo gyp; exit 1" },
      dependencies: { clock: "file:./fixtures/clock" },
    }),
  });
  const verification = await verifyChange(on, fix, { sandbox });
  expect(verification).toMatchObject({ verdict: "unverified", problem: "setup-failed" });
});
