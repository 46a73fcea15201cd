import { expect, test } from "@jest/globals";
import { runners } from "../../src/verify/runners/index.ts";
import type { Runner } from "../../src/verify/toolchain.ts";
import { filesOf } from "./languages/files-of.ts";
import { fixture } from "./repository.ts";
import { linkPackages, sandboxWithPackages, verifyChange } from "./verifying.ts";

const sandbox = await sandboxWithPackages();

test.each([
  ["node-test", "a range > ends at the next major version", "the newest of several"],
  ["node-test-ts", "waits for the next value", "Signal > once is once"],
  ["mocha", "indent counts the indentation", "wrap takes any white space"],
  ["unittest", "LaterTest.test_past_midnight", "ParseTest.test_nonsense"],
])(
  "%s: the new tests alone are run on the base, under the names they have in the whole",
  async (name, added, old) => {
    const folder = `test/fixtures/languages/${name}`;
    using on = await fixture(filesOf(`${folder}/base`));
    const config = name === "unittest" ? {} : { setup: linkPackages };
    const options = { sandbox, config, narrowAfterMs: 0 };
    const { verdict, tests } = await verifyChange(on, filesOf(`${folder}/new-module/change`), options);
    expect(verdict).toBe("verified");
    expect(tests).toContainEqual(
      expect.objectContaining({ name: added, base: "absent", baseWithTests: "failed", head: "passed" }),
    );
    expect(tests).toContainEqual(
      expect.objectContaining({ name: old, base: "passed", baseWithTests: "not-run", head: "passed" }),
    );
  },
);

const inNode = 'PATH="$PWD/node_modules/.bin:$PATH" node';
const commands: [Runner, string, string | null][] = [
  ["node-test", "node --test", `${inNode} --test t/a.js`],
  [
    "node-test",
    "A=1 node --import tsx --test 'test/**/*.ts'",
    'PATH="$PWD/node_modules/.bin:$PATH" A=1 node --import tsx --test t/a.js',
  ],
  ["node-test", "node --test --test-reporter spec test", `${inNode} --test --test-reporter spec t/a.js`],
  ["node-test", "node --test --unheard-of test/a.js", null],
  ["node-test", "NODE_OPTIONS=--no-warnings node --test", null],
  ["node-test", "node --test --experimental-test-coverage --test-coverage-lines=90", null],
  ["node-test", "c8 node --test", null],
  ["node-test", "node --test && eslint .", null],
  ["node-test", "node --test $FILES", null],
  ["node-test", "A='1 2' node --test", null],
  ["node-test", "npm run pretest && node --test", null],
  ["node-test", "node test/all.js", null],
  ["tap", "c8 ava", "npm test t/a.js"],
  ["tap", "tape 'test/**/*.js'", null],
  ["mocha", "mocha", "npx --no-install mocha t/a.js"],
  [
    "mocha",
    "mocha -r ts-node/register 't/*.js' --exit",
    "npx --no-install mocha -r ts-node/register --exit t/a.js",
  ],
  ["mocha", "npx mocha --recursive t", "npx --no-install mocha --recursive t/a.js"],
  ["mocha", "mocha t/*.js", "npx --no-install mocha t/a.js"],
  ["mocha", "mocha --recursive ./t", "npx --no-install mocha --recursive t/a.js"],
  ["mocha", "mocha test/unit/*.js", null],
  [
    "mocha",
    "node bin/run.js mocha t/**/*.js --exit",
    'PATH="$PWD/node_modules/.bin:$PATH" node bin/run.js mocha --exit t/a.js',
  ],
  ["mocha", "mocha --spec=test/*.js", null],
  ["mocha", "nyc mocha", null],
];

test.each(commands)("%s: `%s` for one file is %s", (runner, script, expected) => {
  const toolchain = {
    name: "",
    setup: null,
    test: "npm test",
    script,
    runner,
    manifests: [],
    setupReadsSources: false,
  };
  expect(runners[runner].only?.(toolchain, ["t/a.js"])).toBe(expected);
  if (runner === "mocha")
    expect(runners.mocha.only?.({ ...toolchain, namesTests: true }, ["t/a.js"])).toBeNull();
});

test.each([
  ["python3 -m unittest", "tests/test_a.py", "python3 -m unittest tests.test_a"],
  [
    ".venv/bin/python -m unittest discover -s tests",
    "tests/x/test_a.py",
    "PYTHONPATH=tests .venv/bin/python -m unittest x.test_a",
  ],
  [
    "PYTHONPATH=src python3 -m unittest discover -s tests -p '*_test.py'",
    "tests/a_test.py",
    "PYTHONPATH=src:tests python3 -m unittest a_test",
  ],
  ["python3 -m unittest discover -s tests", "other/test_a.py", null],
  ["python3 -m unittest tests.test_b", "tests/test_a.py", null],
  ["tox -e py && python3 -m unittest", "tests/test_a.py", null],
  ["python3 manage.py test", "loans/tests.py", "python3 manage.py test loans.tests"],
  [
    "CI=1 .venv/bin/python -Wall web/manage.py test --keepdb",
    "web/loans/test_a.py",
    "CI=1 .venv/bin/python -Wall web/manage.py test --keepdb loans.test_a",
  ],
  ["tests/runtests.py", "tests/queries/tests.py", "tests/runtests.py queries.tests"],
  ["cd tests && ./runtests.py", "tests/queries/tests.py", "cd tests && ./runtests.py queries.tests"],
  ["python3 manage.py test loans", "loans/tests.py", null],
  ["python3 manage.py test --settings other", "loans/tests.py", null],
  ["cd web && python3 manage.py test", "loans/tests.py", null],
])("unittest: `%s` for %s is %s", (command, file, expected) => {
  const toolchain = {
    name: "",
    setup: null,
    test: command,
    runner: null,
    manifests: [],
    setupReadsSources: false,
  };
  expect(runners.unittest.only?.(toolchain, [file])).toBe(expected);
});
