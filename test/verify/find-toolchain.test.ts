import { describe, expect, test } from "@jest/globals";
import { findToolchain } from "../../src/verify/find-toolchain.ts";
import type { Toolchain } from "../../src/verify/toolchain.ts";
import { look, node } from "./look.ts";

const jest = { devDependencies: { jest: "1" } };
const pytestCode = "import pytest\n";
const unittestCode = "import unittest\n";
const cases: [string, Record<string, string>, Partial<Toolchain>][] = [
  [
    "npm ci",
    { "package.json": node("jest", jest), "package-lock.json": "{}" },
    { name: "npm + jest", setup: "npm ci", test: "npm test", testWithArguments: "npm test --" },
  ],
  [
    "a lockfile of an npm that took peers otherwise",
    { "package.json": node("jest", jest), "package-lock.json": '{ "lockfileVersion": 2 }' },
    { setup: "{ npm ci || npm ci --legacy-peer-deps; }" },
  ],
  [
    "nothing to install",
    { "package.json": node("node --test"), "package-lock.json": "{}" },
    { setup: null, runner: "node-test" },
  ],
  [
    "no lockfile",
    { "package.json": node("jest", jest) },
    { setup: "{ npm install --no-package-lock || npm install --no-package-lock --legacy-peer-deps; }" },
  ],
  [
    "pnpm",
    { "package.json": node("vitest run", jest), "pnpm-lock.yaml": "" },
    {
      setup:
        '{ command -v pnpm || npm install --global --prefix "$HOME/.local" pnpm@9; } && pnpm install --frozen-lockfile',
      runner: "vitest",
      testWithArguments: "pnpm run test",
    },
  ],
  [
    "yarn, old",
    { "package.json": node("mocha", jest), "yarn.lock": "" },
    {
      setup:
        '{ command -v yarn || npm install --global --prefix "$HOME/.local" yarn@1; } && yarn install --frozen-lockfile',
      runner: "mocha",
    },
  ],
  [
    "yarn, new",
    { "package.json": node("jest", jest), "yarn.lock": "", ".yarnrc.yml": "" },
    {
      setup:
        '{ command -v yarn || npm install --global --prefix "$HOME/.local" @yarnpkg/cli-dist@4; } && yarn install --immutable',
    },
  ],
  [
    "own lifecycle scripts build",
    { "package.json": JSON.stringify({ scripts: { test: "jest", prepare: "tsc" }, ...jest }) },
    { setupReadsSources: true },
  ],
  [
    "git hooks are not built from the sources",
    { "package.json": JSON.stringify({ scripts: { test: "jest", prepare: "husky" }, ...jest }) },
    { setupReadsSources: false },
  ],
  [
    "a package of the workspace builds when it is installed",
    {
      "package.json": node("jest", { ...jest, workspaces: ["a"] }),
      "a/package.json": JSON.stringify({ scripts: { prepare: "tsc" } }),
    },
    { setupReadsSources: true },
  ],
  ["autotools", { "configure.ac": "", "Makefile.am": "" }, { name: "make", runner: "command" }],
  [
    "npm's placeholder is no test",
    { "package.json": node('echo "Error: no test specified" && exit 1') },
    { test: null, runner: null },
  ],
  [
    "no script, but a runner and tests",
    { "package.json": node(undefined, jest), "a.test.js": "" },
    { test: "npx --no-install jest", runner: "jest" },
  ],
  [
    "node:test by its import",
    { "package.json": node("node test/all.js"), "test/all.js": 'import "node:test"' },
    { runner: "node-test" },
  ],
  ["any other script", { "package.json": node("make check") }, { runner: "command", test: "npm test" }],
  [
    "no manifest at all",
    { "sum.test.mjs": 'import test from "node:test"' },
    { test: "node --test", setup: null },
  ],
  ["pytest", { "tests/test_a.py": pytestCode }, { runner: "pytest", setup: null, test: "python3 -m pytest" }],
  [
    "pytest with requirements",
    { "tests/test_a.py": pytestCode, "requirements.txt": "six\n" },
    {
      test: ".venv/bin/python -m pytest",
      setup:
        "python3 -m venv --system-site-packages .venv && .venv/bin/python -m pip install -r requirements.txt pytest",
    },
  ],
  [
    "requirements of nothing",
    { "tests/test_a.py": pytestCode, "requirements.txt": "# none\n" },
    { setup: null },
  ],
  [
    "what developers need, as far as it can be had",
    {
      "tests/test_a.py": pytestCode,
      "requirements/testing.txt": "coverage\n",
      "requirements/docs.txt": "sphinx\n",
    },
    {
      setup:
        "python3 -m venv --system-site-packages .venv && .venv/bin/python -m pip install pytest && { .venv/bin/python -m pip install -r requirements/testing.txt || echo 'not installed: -r requirements/testing.txt'; }",
    },
  ],
  [
    "the repository's own package manager, where there is one",
    {
      "tests/test_a.py": pytestCode,
      "uv.lock": "",
      "pyproject.toml": '[project]\ndependencies = ["six"]\n',
    },
    {
      setup:
        "if command -v uv; then uv sync --all-groups --all-extras; else python3 -m venv --system-site-packages .venv && .venv/bin/python -m pip install -e . pytest; fi",
    },
  ],
  [
    "a package with dependencies",
    {
      "pyproject.toml":
        '[project]\ndependencies = ["six"]\n[project.optional-dependencies]\ntest = ["pytest"]\n',
      "test_a.py": pytestCode,
    },
    {
      setup:
        "python3 -m venv --system-site-packages .venv && .venv/bin/python -m pip install -e '.[test]' pytest",
      setupReadsSources: true,
    },
  ],
  [
    "a source folder",
    {
      "pyproject.toml": "[project]\ndependencies = []\n",
      "src/a/__init__.py": "",
      "tests/test_a.py": pytestCode,
    },
    { setup: null, test: "PYTHONPATH=src python3 -m pytest" },
  ],
  ["plain functions are pytest's", { "test_a.py": "def test_a(): pass\n" }, { runner: "pytest" }],
  [
    "unittest in a package",
    { "tests/__init__.py": "", "tests/test_a.py": unittestCode },
    { test: "python3 -m unittest" },
  ],
  [
    "unittest where one module has the name of a test",
    { "a/testing.py": "", "a/test/a_test.py": unittestCode, "a/test/b_test.py": unittestCode },
    { test: "python3 -m unittest discover -p '*_test.py'" },
  ],
  [
    "a Django project",
    {
      "manage.py": "from django.core import management\n",
      "loans/tests.py": "from django.test import TestCase\n",
    },
    { test: "python3 manage.py test", runner: "unittest" },
  ],
  [
    "a Django app without a project",
    { "runtests.py": "    import django\n", "loans/tests/test_a.py": unittestCode },
    { test: "python3 runtests.py", runner: "unittest" },
  ],
  [
    "Django itself",
    { "tests/runtests.py": "import django\n", "tests/queries/tests.py": unittestCode },
    { test: "python3 tests/runtests.py", runner: "unittest" },
  ],
  [
    "a Django project tested by pytest",
    { "manage.py": "import django\n", "loans/tests.py": "", "pytest.ini": "[pytest]\n" },
    { test: "python3 -m pytest", runner: "pytest" },
  ],
  [
    "scripts that are not Django's",
    {
      "manage.py": "from flask_script import Manager\n",
      "tests/test_a.py": "",
      "runtests.py": "import pytest\n",
    },
    { test: "python3 -m pytest", runner: "pytest" },
  ],
  [
    "unittest in a folder",
    { "tests/test_a.py": unittestCode },
    { test: "python3 -m unittest discover -s tests" },
  ],
  ["python without tests", { "app.py": "" }, { test: null }],
  ["go", { "go.mod": "module example.com/a\n" }, { test: "go test ./...", setup: null, runner: "go" }],
  [
    "go with modules",
    { "go.mod": "module example.com/a\nrequire example.com/b v1.0.0\n" },
    { setup: "go mod download", ahead: "go test -exec true ./..." },
  ],
  ["cargo", { "Cargo.toml": "[package]\n" }, { test: "cargo test", setup: null, runner: "cargo" }],
  ["maven", { "pom.xml": "<project/>" }, { test: "mvn -B test", runner: "maven" }],
  ["maven's wrapper", { "pom.xml": "<project/>", mvnw: "" }, { test: "./mvnw -B test" }],
  ["gradle's wrapper", { "build.gradle.kts": "", gradlew: "" }, { test: "./gradlew test", runner: "gradle" }],
  ["cmake", { "CMakeLists.txt": "" }, { runner: "ctest" }],
  ["meson", { "meson.build": "" }, { test: "meson setup builddir && meson test -C builddir", setup: null }],
  ["make test", { Makefile: "all:\n\ntest: all\n\t./run\n" }, { test: "make test", runner: "command" }],
  ["make check", { Makefile: "check:\n\t./run\n" }, { test: "make check" }],
  ["the first to test", { "package.json": node(undefined), "test_a.py": pytestCode }, { runner: "pytest" }],
  [
    "make beside a program that is named as a test",
    { Makefile: "test:\n\t./run\n", "re.c": "", "scripts/regex_test.py": "" },
    { test: "make test" },
  ],
  ["nothing", { "README.md": "" }, { name: "none", test: null, runner: null }],
];

describe("findToolchain", () => {
  test.each(cases)("%s", async (_name, files, expected) => {
    expect(await findToolchain(look(files), {})).toMatchObject(expected);
  });
});
