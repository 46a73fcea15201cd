import type { Sandbox } from "../../../src/sandbox/sandbox.ts";
import type { Files } from "../repository.ts";
import { packages, sandboxWithPackages } from "../verifying.ts";

const json = (value: unknown) => JSON.stringify(value);
const member = (name: string, test: string, more = {}) =>
  json({ name, version: "1.0.0", scripts: { test }, ...more });
const nodeTest = (name: string, check: string) =>
  `const { test } = require("node:test");\nconst assert = require("node:assert");\nconst { add, sum } = require("../index.js");\ntest("${name}", () => assert.equal(${check}));\n`;
const sums = (operator: string) =>
  `exports.add = (a, b) => a ${operator} b;\nexports.sum = (list) => list.reduce((all, one) => exports.add(all, one), 0);\n`;

/** A workspace of two packages, the second of which uses the first at the version `asked`; `root` are the files at its root. */
export const shop = (asked: string, root: Files): Files => ({
  ...root,
  "packages/sums/package.json": member("sums", "node --test"),
  "packages/sums/index.js": sums("-"),
  "packages/sums/test/index.test.js": nodeTest("sums nothing", "sum([]), 0"),
  "packages/cart/package.json": member("cart", `node ${packages}/jest/bin/jest.js`, {
    dependencies: { sums: asked },
  }),
  "packages/cart/cart.js":
    'const { sum } = require("sums");\nexports.total = (prices) => sum(prices) || null;\n',
  "packages/cart/cart.test.js":
    'const { total } = require("./cart.js");\ntest("totals", () => expect(total([1, 2])).toBe(3));\n',
});

export const sumsFixed: Files = {
  "packages/sums/index.js": sums("+"),
  "packages/sums/test/add.test.js": nodeTest("adds", "add(1, 2), 3"),
};

/** With the programs among this repository's packages where the machine has its own: package managers, runners. */
export async function sandboxWithPrograms(): Promise<Sandbox> {
  const sandbox = await sandboxWithPackages();
  const found = `PATH="${packages}/.bin:$PATH" exec "$@"`;
  return {
    ...sandbox,
    run: (command) => sandbox.run({ ...command, argv: ["sh", "-c", found, "sh", ...command.argv] }),
  };
}
