import { expect, jest, test } from "@jest/globals";
import { openSandbox } from "../../src/sandbox/open-sandbox.ts";
import { patience } from "../helpers/until.ts";
import { inShort } from "./monorepo/in-short.ts";
import { type Files, fixture } from "./repository.ts";
import { verifyChange } from "./verifying.ts";

jest.setTimeout(patience);
const sandbox = await openSandbox({ provider: "bubblewrap", acceptNoSandbox: false });
const manifest = (dependencies: Record<string, string>) =>
  JSON.stringify({ scripts: { test: "node --test test/" }, dependencies });
const nodeTest = (name: string, check: string) =>
  `const { test } = require("node:test");\nconst assert = require("node:assert");\ntest("${name}", () => assert.strictEqual(${check}));\n`;
const nowhere = { nowhere: "file:nowhere.tgz" };

const base: Files = {
  "package.json": manifest(nowhere),
  "package-lock.json": '{ "lockfileVersion": 3 }',
  "add.js": "exports.add = (a, b) => a - b;\n",
  "test/zero.test.js": nodeTest("adds nothing", 'require("../add.js").add(1, 0), 1'),
  "test/other.test.js": nodeTest("uses it", 'require("nowhere"), 1'),
};
const fix = { "add.js": "exports.add = (a, b) => a + b;\n" };
const testOfIt = { "test/add.test.js": nodeTest("adds", 'require("../add.js").add(1, 2), 3') };

test("what cannot be installed at the base either does not keep the other tests from proving a change", async () => {
  using on = await fixture(base);
  const kept: string[] = [];
  const baselines = { read: async () => null, write: async (key: string) => void kept.push(key) };
  const verification = await verifyChange(on, { ...fix, ...testOfIt }, { sandbox, baselines });
  // Another day it may be there.
  expect(kept).toEqual([]);
  expect(verification).toMatchObject({
    verdict: "verified",
    findings: [
      { gate: "not-installed", weight: "remark", reason: expect.stringContaining("It says: npm error") },
    ],
  });
  expect(inShort(verification)).toEqual([
    "test/add.test.js adds: absent failed passed",
    "test/other.test.js uses it: failed failed failed",
    "test/zero.test.js adds nothing: passed passed passed",
  ]);
});

test("a new test that needs it is not held against the change, and proves nothing", async () => {
  using on = await fixture(base);
  const needsIt = { "test/more.test.js": nodeTest("uses it too", 'require("nowhere"), 2') };
  expect(await verifyChange(on, { ...fix, ...testOfIt, ...needsIt }, { sandbox })).toMatchObject({
    verdict: "unverified",
    reason: "suite-unusable",
    problem: "setup-failed",
  });
  const wrong = { "test/more.test.js": nodeTest("adds otherwise", 'require("../add.js").add(1, 2), 4') };
  const failing = await verifyChange(on, { ...fix, ...testOfIt, ...wrong }, { sandbox });
  expect(failing).toMatchObject({ verdict: "failed", reason: "new-test-fails" });
});

test("where no test passes without it, that is what is said", async () => {
  const { "test/zero.test.js": _, ...others } = base;
  using on = await fixture(others);
  const verification = await verifyChange(on, fix, { sandbox });
  expect(verification).toMatchObject({ verdict: "unverified", problem: "setup-failed", tests: [] });
  expect(verification.suites.base?.output).toContain("npm error");
  expect(verification.findings).toEqual([]);
});

test("an installation that only the change breaks is not forgiven", async () => {
  using on = await fixture({ ...base, "package.json": manifest({}) });
  const change = { ...fix, ...testOfIt, "package.json": manifest(nowhere) };
  expect(await verifyChange(on, change, { sandbox })).toMatchObject({
    verdict: "failed",
    reason: "still-red",
    problem: "setup-failed",
  });
});

test("what only its developers need and could not be had is said", async () => {
  using on = await fixture({
    "requirements-dev.txt": "--no-index\nnowhere\n",
    "add.py": "def add(a, b):\n    return a - b\n",
    "tests/test_add.py":
      "import pytest\nfrom add import add\n\n\ndef test_nothing():\n    assert add(1, 0) == 1\n",
  });
  const verification = await verifyChange(
    on,
    { "add.py": "def add(a, b):\n    return a + b\n" },
    { sandbox },
  );
  expect(verification).toMatchObject({
    verdict: "tests-pass",
    findings: [
      { gate: "setup", weight: "remark", reason: expect.stringContaining("-r requirements-dev.txt") },
    ],
  });
});
