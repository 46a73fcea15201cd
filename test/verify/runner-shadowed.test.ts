import { expect, test } from "@jest/globals";
import { runnerShadowed } from "../../src/verify/gates/runner-shadowed.ts";
import { lookAt } from "../../src/verify/look.ts";
import { changesBetween } from "../../src/workspace/changes-between.ts";
import { type Files, fixture } from "./repository.ts";

async function filesFound(base: Files, change: Files) {
  using on = await fixture(base);
  const tree = on.change(change);
  const findings = await runnerShadowed({
    base: await lookAt(on.repository, on.baseTree),
    head: await lookAt(on.repository, tree),
    changes: await changesBetween(on.repository, on.baseTree, tree),
  });
  return findings
    .map(({ file, line, weight }) => `${weight} ${file}${line === null ? "" : `:${line}`}`)
    .sort();
}

test("files that stand in the runner's place, and lines that tell it what to report", async () => {
  const change = {
    ".cargo/config.toml": '[target.x86_64-unknown-linux-gnu]\nrunner = "true"\n',
    ".env": "NODE_OPTIONS=--require=./patch.js\n",
    ".venv/bin/python": "#!/bin/true\n",
    "CTestCustom.cmake": "set(CTEST_CUSTOM_TESTS_IGNORE two)\n",
    gradlew: "exit 0\n",
    "jest.config.js": 'module.exports = {\n  reporters: ["./tell.js"],\n};\n',
    "lib/a.pth": "import os\n",
    "pytest.ini": "[pytest]\naddopts = -q -p tell\n",
    "spec/support/jasmine.json": '{ "helpers": ["tell.js"] }\n',
    "tests/more.py": 'open("/reports/unittest-2.json", "w")\n',
    "unittest/__init__.py": "",
    "vitest.config.ts": "export default { test: {\n  globalSetup: './tell.ts' } };\n",
  };
  expect(await filesFound({ "README.md": "" }, change)).toEqual([
    "blocking .cargo/config.toml:2",
    "blocking .env:1",
    "blocking .venv/bin/python",
    "blocking CTestCustom.cmake",
    "blocking gradlew",
    "blocking jest.config.js:2",
    "blocking lib/a.pth",
    "blocking pytest.ini:2",
    "blocking spec/support/jasmine.json:1",
    "blocking tests/more.py:1",
    "blocking unittest/__init__.py",
    "blocking vitest.config.ts:2",
  ]);
});

test("what honest changes do to the same files is none of it", async () => {
  const base = {
    "conftest.py": "import pytest\n\n\ndef pytest_runtest_makereport(item, call):\n    pass\n",
    "package.json": '{ "jest": { "reporters": ["default"] } }\n',
    "src/pytest/__init__.py": "",
  };
  const change = {
    ".cargo/config.toml": "[net]\nretry = 3\n",
    ".env.example": "DATABASE_URL=postgres://localhost/app\n",
    "app/json.py": "",
    "conftest.py": `${base["conftest.py"]}\n\n@pytest.fixture\ndef client():\n    return None\n`,
    "jest.config.js": 'module.exports = { testEnvironment: "jsdom" };\n',
    "package.json": '{ "jest": { "reporters": ["default"], "verbose": true } }\n',
    "pytest.ini": "[pytest]\naddopts = -ra -p no:cacheprovider\n",
    "src/pytest/__init__.py": "version = 2\n",
    "src/routes.js": 'app.get("/reports/monthly.json", monthly);\n',
    "vitest.config.ts": 'export default { test: { coverage: { reporter: ["text"] } } };\n',
  };
  expect(await filesFound(base, change)).toEqual([]);
});
