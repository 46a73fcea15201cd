import { expect, test } from "@jest/globals";
import { findToolchain } from "../../src/verify/find-toolchain.ts";
import { look, node } from "./look.ts";

const jest = { devDependencies: { jest: "1" } };

test.each([
  ["pytest -x tests", "pytest"],
  ["python -m pytest", "pytest"],
  ["poetry run pytest", "pytest"],
  ["coverage run -m pytest", "pytest"],
  ["npm test", "jest"],
  ["npm run unit", "mocha"],
  ["npx vitest run", "vitest"],
  ["npm run build && node --test", "node-test"],
  ["./check.sh", "command"],
  ["python3 manage.py test --parallel 2", "unittest"],
  ["python3 manage.py check", "command"],
  ["poetry run coverage run --source=. manage.py test", "unittest"],
  ["pip list && DEBUG=0 python3 -Wall ./manage.py test", "unittest"],
  ["cd tests && ./runtests.py", "unittest"],
  ["cd elsewhere && ./runtests.py", "command"],
  ["python3 other.py test", "command"],
])("a configured `%s` is %s", async (command, runner) => {
  const scripts = { test: "jest", unit: "mocha" };
  const django = "import django\n";
  const files = {
    "package.json": JSON.stringify({ scripts }),
    ...{ "manage.py": django, "tests/runtests.py": django, "other.py": "import sys\n" },
  };
  const found = await findToolchain(look(files), { test: command });
  expect(found).toMatchObject({ name: `configured (${runner})`, test: command, runner });
});

test("a configured report is read instead of one that we would ask for", async () => {
  const files = look({ "package.json": node("jest", jest) });
  expect(await findToolchain(files, { report: "out.xml" })).toMatchObject({
    runner: "command",
    report: "out.xml",
  });
});

test("a configured setup is taken as it is, and `null` means none", async () => {
  const files = look({ "package.json": node("jest", jest) });
  expect(await findToolchain(files, { setup: "make deps" })).toMatchObject({
    setup: "make deps",
    setupReadsSources: true,
  });
  expect(await findToolchain(files, { setup: "npm ci --ignore-scripts" })).toMatchObject({
    setupReadsSources: false,
  });
  expect(await findToolchain(files, { setup: null })).toMatchObject({ setup: null });
});
