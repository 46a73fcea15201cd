import { expect, jest, test } from "@jest/globals";
import { verificationText } from "../../../src/report/text.ts";
import { patience } from "../../helpers/until.ts";
import { type Files, fixture } from "../repository.ts";
import { packages, sandboxWithPackages, verifyChange } from "../verifying.ts";
import { inShort } from "./in-short.ts";

jest.setTimeout(patience);
const sandbox = await sandboxWithPackages();
// The time that a run takes must not decide on what is run.
const whole = { sandbox, narrowAfterMs: patience };
const json = (value: unknown) => JSON.stringify(value);
const member = (name: string, test: string, more = {}) =>
  json({ name, version: "1.0.0", scripts: { test }, ...more });
const nodeTest = (name: string, subject: string, check: string) =>
  `const { test } = require("node:test");\nconst assert = require("node:assert");\nconst { add, sum } = require("${subject}");\ntest("${name}", () => assert.equal(${check}));\n`;
/** All tests pass, and the command fails. */
const exitsAnyway =
  'require("node:child_process").spawnSync(process.execPath, ["--test"], { stdio: "inherit" });\nprocess.exitCode = 3;\n';
const jestTest = (name: string, check: string, expected: string) =>
  `const { total } = require("./cart.js");\ntest("${name}", () => expect(${check}).toBe(${expected}));\n`;

/** Two packages, installed by npm itself; the second uses the first. */
const base: Files = {
  "package.json": json({ name: "shop", private: true, workspaces: ["packages/*"] }),
  "packages/sums/package.json": member("sums", "node --test"),
  "packages/sums/index.js":
    "exports.add = (a, b) => a - b;\nexports.sum = (list) => list.reduce((all, one) => all + one, 0);\n",
  "packages/sums/test/index.test.js": nodeTest("sums nothing", "../index.js", "sum([]), 0"),
  "packages/cart/package.json": member("cart", `node ${packages}/jest/bin/jest.js`, {
    dependencies: { sums: "*" },
  }),
  "packages/cart/cart.js":
    'const { sum } = require("sums");\nexports.total = (prices) => sum(prices) || null;\n',
  "packages/cart/cart.test.js": jestTest("totals", "total([1, 2])", "3"),
};

test("a change in one package is proved there, and its sibling's tests are run too", async () => {
  using on = await fixture(base);
  const verification = await verifyChange(
    on,
    {
      "packages/sums/index.js": String(base["packages/sums/index.js"]).replace("a - b", "a + b"),
      "packages/sums/test/add.test.js": nodeTest("adds", "../index.js", "add(1, 2), 3"),
    },
    whole,
  );
  expect(verification).toMatchObject({
    verdict: "verified",
    setupCommand: "{ npm install --no-package-lock || npm install --no-package-lock --legacy-peer-deps; }",
    testCommand: "(cd packages/sums && npm test) && (cd packages/cart && npm test)",
  });
  expect(inShort(verification)).toEqual([
    "packages/cart/cart.test.js totals: passed passed passed",
    "packages/sums/test/add.test.js adds: absent failed passed",
    "packages/sums/test/index.test.js sums nothing: passed passed passed",
  ]);
});

test("what breaks a sibling is seen, though its own package is green", async () => {
  using on = await fixture(base);
  const verification = await verifyChange(
    on,
    {
      "packages/sums/index.js":
        "exports.add = (a, b) => a + b;\nexports.sum = (list) => (list.length > 1 ? undefined : 0);\n",
      "packages/sums/test/add.test.js": nodeTest("adds", "../index.js", "add(1, 2), 3"),
    },
    whole,
  );
  expect(verification).toMatchObject({ verdict: "failed", reason: "tests-broken" });
  expect(inShort(verification)).toContain("packages/cart/cart.test.js totals: passed passed failed");
});

test("a sibling that cannot be run at all says nothing, and that is said", async () => {
  using on = await fixture({
    ...base,
    "packages/site/package.json": member("site", "node run.js"),
    "packages/site/run.js": exitsAnyway,
    "packages/site/a.test.js": nodeTest("renders", "sums", "sum([]), 0"),
  });
  const verification = await verifyChange(
    on,
    {
      "packages/sums/index.js": String(base["packages/sums/index.js"]).replace("a - b", "a + b"),
      "packages/sums/test/add.test.js": nodeTest("adds", "../index.js", "add(1, 2), 3"),
    },
    whole,
  );
  expect(verification).toMatchObject({
    verdict: "verified",
    findings: [
      {
        gate: "folder-untested",
        weight: "remark",
        file: "packages/site",
        reason: "The tests in packages/site cannot be run at the base: they say nothing of this change.",
      },
    ],
  });
  expect(inShort(verification).some((line) => line.startsWith("packages/site"))).toBe(false);
});

test("a problem in the changed package is told with its folder", async () => {
  using on = await fixture({
    ...base,
    "packages/sums/package.json": member("sums", "node run.js"),
    "packages/sums/run.js": exitsAnyway,
  });
  const verification = await verifyChange(
    on,
    { "packages/sums/index.js": "exports.sum = () => 0;\n" },
    whole,
  );
  expect(verification).toMatchObject({ verdict: "unverified", problem: "runner-failed" });
  expect(verificationText(verification)).toContain("contradicts its report. That is so in `packages/sums`.");
});

test("where the whole takes long only the changed package is run between base and head", async () => {
  using on = await fixture(base);
  const verification = await verifyChange(
    on,
    {
      "packages/cart/cart.js": 'const { sum } = require("sums");\nexports.total = sum;\n',
      "packages/cart/empty.test.js": jestTest("totals nothing", "total([])", "0"),
    },
    { sandbox, narrowAfterMs: 0 },
  );
  expect(verification).toMatchObject({ verdict: "verified" });
  expect(verification.suites.baseWithTests?.command).toBe(
    "(cd packages/cart && npm test -- --runTestsByPath empty.test.js)",
  );
  expect(inShort(verification)).toEqual([
    "packages/cart/cart.test.js totals: passed not-run passed",
    "packages/cart/empty.test.js totals nothing: absent failed passed",
    "packages/sums/test/index.test.js sums nothing: passed not-run passed",
  ]);
});
