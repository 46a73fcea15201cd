import { afterEach, expect, jest, test } from "@jest/globals";
import { openSandbox } from "../../src/sandbox/open-sandbox.ts";
import { patience } from "../helpers/until.ts";
import { inShort } from "./monorepo/in-short.ts";
import { fixture } from "./repository.ts";
import { verifyChange } from "./verifying.ts";

jest.setTimeout(patience);
const sandbox = await openSandbox({ provider: "bubblewrap", acceptNoSandbox: false });
const json = (value: unknown) => JSON.stringify(value);
const member = (name: string) => json({ name, version: "1.0.0", scripts: { test: "node --test" } });
const nodeTest = (name: string, check: string) =>
  `const { test } = require("node:test");\nconst assert = require("node:assert");\nconst { add, double } = require("../index.js");\ntest("${name}", () => assert.equal(${check}));\n`;
const source = (add: string, double: string) =>
  `exports.add = (a, b) => ${add};\n\n// The two are apart.\n\nexports.double = (a) => ${double};\n`;

afterEach(() => {
  jest.restoreAllMocks();
});

test("a wall clock that jumps two hours with every look at it ends no suite and leaves nothing untried", async () => {
  using on = await fixture({
    "package.json": json({ name: "shop", private: true, workspaces: ["packages/*"] }),
    "packages/sums/package.json": member("sums"),
    "packages/sums/index.js": source("a - b", "a"),
    "packages/sums/test/index.test.js": nodeTest("adds nothing", "add(3, 0), 3"),
    "packages/cart/package.json": member("cart"),
    "packages/cart/index.js": source("a + b", "a + a"),
    "packages/cart/test/index.test.js": nodeTest("totals", "add(1, 2), 3"),
  });
  const real = Date.now;
  let shift = 0;
  jest.spyOn(Date, "now").mockImplementation(() => {
    shift += 7_200_000;
    return real() + shift;
  });
  const change = {
    "packages/sums/index.js": source("a + b", "a + a"),
    "packages/sums/test/add.test.js":
      nodeTest("adds", "add(1, 2), 3") + nodeTest("doubles", "double(2), 4").split("\n")[3],
  };
  const verification = await verifyChange(on, change, {
    sandbox,
    config: { setup: null },
    limits: { hunkMs: patience },
    narrowAfterMs: patience,
  });
  expect(verification).toMatchObject({ verdict: "verified", findings: [] });
  expect(inShort(verification)).toEqual([
    "packages/cart/test/index.test.js totals: passed passed passed",
    "packages/sums/test/add.test.js adds: absent failed passed",
    "packages/sums/test/add.test.js doubles: absent failed passed",
    "packages/sums/test/index.test.js adds nothing: passed passed passed",
  ]);
});
