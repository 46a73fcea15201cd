import { expect, jest, test } from "@jest/globals";
import { openSandbox } from "../../src/sandbox/open-sandbox.ts";
import { patience } from "../helpers/until.ts";
import { inShort } from "./monorepo/in-short.ts";
import { type Files, fixture } from "./repository.ts";
import { verifyChange } from "./verifying.ts";

jest.setTimeout(patience);
const sandbox = await openSandbox({ provider: "bubblewrap", acceptNoSandbox: false });

/** In the place of a runner: it runs the file `test.js`, and prints TAP where it is asked to. */
const runner = `#!/usr/bin/env node
const { readFileSync } = require("node:fs");
const tests = require(process.cwd() + "/test.js");
const tap = !process.argv[1].endsWith("ava") || process.argv.includes("--tap");
const print = (line) => tap && console.log(line);
print("TAP version 13");
let failed = 0;
for (const [at, [name, passes]] of Object.entries(tests).entries()) {
  if (!passes()) failed++;
  print("# " + name);
  print((passes() ? "ok " : "not ok ") + (at + 1) + " - " + name);
}
print("1.." + Object.keys(tests).length);
process.exit(failed > 0 ? 1 : 0);
`;

/** What stands before the tests does not run here. */
const base = (name: string, before: string): Files => ({
  "package.json": JSON.stringify({
    scripts: { test: `${before} && ${name} && tsc` },
    dependencies: { [name]: `file:./programs/${name}` },
  }),
  [`programs/${name}/package.json`]: JSON.stringify({ name, version: "1.0.0", bin: "run.js" }),
  [`programs/${name}/run.js`]: runner,
  "add.js": "exports.add = (a, b) => a - b;\n",
  "test.js": 'const { add } = require("./add.js");\nexports.nothing = () => add(1, 0) === 1;\n',
});
const fix = {
  "add.js": "exports.add = (a, b) => a + b;\n",
  "test.js":
    'const { add } = require("./add.js");\nexports.nothing = () => add(1, 0) === 1;\nexports.sum = () => add(1, 2) === 3;\n',
};

test.each([
  ["ava", "eslint .", []],
  ["tape", "check-all", [{ gate: "build-failed" }]],
] as const)(
  "%s is run whatever `%s` before it says, and each of its tests is known",
  async (name, before, findings) => {
    using on = await fixture(base(name, before));
    const verification = await verifyChange(on, fix, { sandbox });
    expect(verification).toMatchObject({ verdict: "verified", findings });
    expect(inShort(verification)).toEqual([
      "null nothing: passed passed passed",
      "null sum: absent failed passed",
    ]);
  },
);
