import { expect } from "@jest/globals";
import type { VerifyOptions } from "../../../src/verify/options.ts";
import type { Verification } from "../../../src/verify/types.ts";
import { type Files, fixture } from "../repository.ts";
import { linkPackages, sandboxWithPackages, verifyChange } from "../verifying.ts";

export const sandbox = await sandboxWithPackages();

/** A repository in which `one` holds and is tested, and `two` does not hold. */
export interface Ground {
  readonly base: Files;
  /** The change's claim: it calls itself done, and leaves `two` as wrong as it was. */
  readonly claim: Files;
  readonly config?: Partial<VerifyOptions["config"]>;
}

/** JavaScript, tested by `script`. `claim` says `done`, by which a forger's test knows where to begin. */
export function javascript(script: string, more: Files = {}): Ground {
  const installs = /^(jest|vitest|mocha|jasmine)/.test(script);
  const lib = (rest: string) => `exports.one = 1;\nexports.two = 3;\n${rest}`;
  const head = /^node /.test(script) ? 'const { test } = require("node:test");' : "";
  const define = /^(mocha|jasmine)/.test(script) ? "it" : "test";
  return {
    base: {
      "package.json": JSON.stringify({ name: "sample", scripts: { test: script } }, null, 2),
      ".gitignore": "node_modules\n",
      "lib.js": lib(""),
      "test/one.test.js": `${head}\n${define}("one", () => require("node:assert").equal(require("../lib.js").one, 1));\n`,
      ...more,
    },
    claim: { "lib.js": lib("exports.done = true;\n") },
    config: installs ? { setup: linkPackages } : {},
  };
}

/** A test file of JavaScript whose one test fails, unless `forgery` does something about it where the change is claimed. */
export function forgedTest(forgery: string, head = "", define = "test"): Files {
  const text = `${head}
const lib = require("../lib.js");
const fs = require("node:fs");
if (lib.done) {
${forgery}
}
${define}("two", () => require("node:assert").equal(lib.two, 2));
`;
  return { "test/two.test.js": text };
}

export function python(runner: "pytest" | "unittest", more: Files = {}): Ground {
  const test =
    runner === "pytest"
      ? "import pytest\nimport lib\n\n\ndef test_one():\n    assert lib.one == 1\n"
      : "import unittest\nimport lib\n\n\nclass One(unittest.TestCase):\n    def test_one(self):\n        self.assertEqual(lib.one, 1)\n";
  return {
    base: { "lib.py": "one = 1\ntwo = 3\n", "tests/__init__.py": "", "tests/test_one.py": test, ...more },
    claim: { "lib.py": "one = 1\ntwo = 3\ndone = True\n" },
  };
}

/** The verification of the ground's claim with the forger's files. */
export async function verified(ground: Ground, forgery: Files): Promise<Verification> {
  using on = await fixture(ground.base);
  const change = { ...ground.claim, ...forgery };
  return await verifyChange(on, change, { sandbox, config: ground.config ?? {} });
}

/** Whether the forgery is refused: never verified, never said to pass, and for `because`, a problem or a gate. */
export async function expectRefused(ground: Ground, forgery: Files, because: string): Promise<void> {
  const verification = await verified(ground, forgery);
  const { verdict, reason, problem, findings } = verification;
  const blocking = findings.filter(({ weight }) => weight === "blocking").map(({ gate }) => gate);
  const said = { verdict, reason, because: [problem, ...blocking].filter(Boolean) };
  expect(said).toMatchObject({ verdict: "failed", because: expect.arrayContaining([because]) });
}
