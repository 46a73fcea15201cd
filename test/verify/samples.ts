import type { VerifyOptions } from "../../src/verify/verify.ts";
import type { Files } from "./repository.ts";
import { linkPackages } from "./verifying.ts";

/** The same small library in the terms of one runner, and changes to it. */
export interface Sample {
  readonly runner: string;
  readonly config?: Partial<VerifyOptions["config"]>;
  /** `sum` is right and tested, `mean` is wrong and not tested. */
  readonly base: Files;
  /** A test that was red before anybody came. */
  readonly red: Files;
  /** `mean` put right, with a test. */
  readonly proved: Files;
  /** A new module with its test: at the base that test cannot even be loaded. */
  readonly added: Files;
  /** `mean` put right, without a test. */
  readonly unproved: Files;
  /** `sum` broken. */
  readonly breaking: Files;
  /** Names as the runner's report gives them. */
  readonly names: {
    readonly sum: string;
    readonly mean: string;
    readonly twice: string;
    readonly red: string;
  };
}

const js = {
  right:
    "exports.sum = (a, b) => a + b;\nexports.mean = (list) => list.reduce(exports.sum, 0) / list.length;\n",
  wrong: "exports.sum = (a, b) => a + b;\nexports.mean = (list) => list.length;\n",
  broken: "exports.sum = (a, b) => a - b;\nexports.mean = (list) => list.length;\n",
  twice: "exports.twice = (a) => a * 2;\n",
};

/** One test file in JavaScript; `head` brings in the runner's words. */
function jsTest(head: string, subject: string, name: string, expression: string, expected: number): string {
  return `${head}
const assert = require("node:assert");
const lib = require("../${subject}.js");
describe("${subject}", () => {
  it("${name}", () => assert.strictEqual(lib.${expression}, ${expected}));
});
`;
}

function javascript(
  runner: string,
  script: string,
  head: string,
  separator: string,
  setup: string | null,
): Sample {
  const file = (name: string) => `test/${name}.test.js`;
  return {
    runner,
    config: { setup },
    base: {
      "package.json": JSON.stringify({ name: "sample", scripts: { test: script }, devDependencies: {} }),
      ".gitignore": "node_modules\n",
      "lib.js": js.wrong,
      [file("sum")]: jsTest(head, "lib", "adds", "sum(1, 2)", 3),
    },
    red: { [file("red")]: jsTest(head, "lib", "is red", "sum(1, 1)", 3) },
    proved: { "lib.js": js.right, [file("mean")]: jsTest(head, "lib", "averages", "mean([1, 2])", 1.5) },
    added: { "twice.js": js.twice, [file("twice")]: jsTest(head, "twice", "doubles", "twice(2)", 4) },
    unproved: { "lib.js": js.right },
    breaking: { "lib.js": js.broken },
    names: {
      sum: `lib${separator}adds`,
      mean: `lib${separator}averages`,
      twice: `twice${separator}doubles`,
      red: `lib${separator}is red`,
    },
  };
}

const py = {
  right: "def add(a, b):\n    return a + b\n\n\ndef mean(items):\n    return sum(items) / len(items)\n",
  wrong: "def add(a, b):\n    return a + b\n\n\ndef mean(items):\n    return len(items)\n",
  broken: "def add(a, b):\n    return a - b\n\n\ndef mean(items):\n    return len(items)\n",
  twice: "def twice(a):\n    return a * 2\n",
};

function python(
  runner: string,
  test: (module: string, name: string, call: string, expected: number) => string,
): Sample {
  const name = (module: string, test: string) =>
    runner === "pytest" ? `test_${test}` : `${module}Test.test_${test}`;
  return {
    runner,
    base: {
      "lib.py": py.wrong,
      "tests/test_add.py": test("lib", "add", "add(1, 2)", 3),
      "tests/__init__.py": "",
    },
    red: { "tests/test_red.py": test("lib", "red", "add(1, 1)", 3) },
    proved: { "lib.py": py.right, "tests/test_mean.py": test("lib", "mean", "mean([1, 2])", 1.5) },
    added: { "double.py": py.twice, "tests/test_double.py": test("double", "twice", "twice(2)", 4) },
    unproved: { "lib.py": py.right },
    breaking: { "lib.py": py.broken },
    names: {
      sum: name("lib", "add"),
      mean: name("lib", "mean"),
      twice: name("double", "twice"),
      red: name("lib", "red"),
    },
  };
}

const vitestHead = 'const { describe, it } = await import("vitest");';

export const samples: readonly Sample[] = [
  javascript("node-test", "node --test", 'const { describe, it } = require("node:test");', " > ", null),
  javascript("jest", "jest", "", " > ", linkPackages),
  asModules(javascript("vitest", "vitest", vitestHead, " > ", linkPackages)),
  javascript("mocha", "mocha test/*.test.js", "", " ", linkPackages),
  javascript("jasmine", "jasmine test/*.test.js", "", " ", linkPackages),
  python(
    "pytest",
    (module, name, call, expected) =>
      `import pytest\n\nfrom ${module} import *\n\n\ndef test_${name}():\n    assert ${call} == ${expected}\n`,
  ),
  python(
    "unittest",
    (module, name, call, expected) =>
      `import unittest\n\nfrom ${module} import *\n\n\nclass ${module}Test(unittest.TestCase):\n    def test_${name}(self):\n        self.assertEqual(${call}, ${expected})\n`,
  ),
];

/** vitest takes its tests as ES modules only. */
function asModules(sample: Sample): Sample {
  const rewrite = (files: Files): Files =>
    Object.fromEntries(
      Object.entries(files).map(([path, text]) => [
        path,
        text
          ?.replace(
            /const (\w+|\{[^}]*\}) = (?:await import|require)\(("[^"]*")\);/g,
            (_, names: string, from: string) =>
              names.startsWith("{") || from.includes("node:")
                ? `import ${names} from ${from};`
                : `import * as ${names} from ${from};`,
          )
          .replaceAll(/^exports\.(\w+) =/gm, "export const $1 =")
          .replaceAll("exports.", "") ?? null,
      ]),
    );
  const { base, red, proved, added, unproved, breaking } = sample;
  const manifest = { ...JSON.parse(base["package.json"] ?? "{}"), type: "module" };
  return {
    ...sample,
    base: { ...rewrite(base), "package.json": JSON.stringify(manifest) },
    red: rewrite(red),
    proved: rewrite(proved),
    added: rewrite(added),
    unproved: rewrite(unproved),
    breaking: rewrite(breaking),
  };
}
