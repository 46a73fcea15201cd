import { expect, jest, test } from "@jest/globals";
import { patience } from "../../helpers/until.ts";
import { type Files, fixture } from "../repository.ts";
import { sandboxWithPackages, verifyChange } from "../verifying.ts";
import { inShort } from "./in-short.ts";

jest.setTimeout(patience);
const sandbox = await sandboxWithPackages();
const nodeTest = (name: string, check: string) =>
  `const { test } = require("node:test");\nconst assert = require("node:assert");\nconst price = require("../price.js");\ntest("${name}", () => assert.equal(${check}));\n`;

/** A backend in Python beside a frontend in JavaScript, each with its own manifest; the root has none. */
const base: Files = {
  "README.md": "A shop.\n",
  "backend/pyproject.toml": '[project]\nname = "backend"\nversion = "1"\ndependencies = []\n',
  "backend/shop/__init__.py": "",
  "backend/shop/tax.py":
    "def tax(net):\n    return net * 10 / 100\n\n\ndef gross(net):\n    return net - tax(net)\n",
  "backend/tests/test_tax.py": "from shop.tax import tax\n\n\ndef test_tax():\n    assert tax(100) == 10\n",
  "backend/tests/conftest.py":
    "import pathlib\nimport sys\n\nsys.path.insert(0, str(pathlib.Path(__file__).parents[1]))\n",
  "web/package.json": JSON.stringify({ scripts: { test: "node --test" } }),
  "web/price.js": 'exports.euro = (cents) => cents + " €";\nexports.free = () => "free";\n',
  "web/test/free.test.js": nodeTest("is free", 'price.free(), "free"'),
};
const inBackend = {
  "backend/shop/tax.py": String(base["backend/shop/tax.py"]).replace("net - tax", "net + tax"),
  "backend/tests/test_gross.py":
    "from shop.tax import gross\n\n\ndef test_gross():\n    assert gross(100) == 110\n",
};
const inWeb = {
  "web/price.js": 'exports.euro = (cents) => cents / 100 + " €";\nexports.free = () => "free";\n',
  "web/test/euro.test.js": nodeTest("has two places", 'price.euro(250), "2.5 €"'),
};

test("a change in one of them is proved there, and the other is not run", async () => {
  using on = await fixture(base);
  const verification = await verifyChange(on, inBackend, { sandbox });
  expect(verification).toMatchObject({
    verdict: "verified",
    setupCommand: null,
    testCommand: "(cd backend && python3 -m pytest)",
  });
  expect(inShort(verification)).toEqual([
    "backend/tests/test_gross.py test_gross: absent failed passed",
    "backend/tests/test_tax.py test_tax: passed passed passed",
  ]);
});

test("a change in both is one suite", async () => {
  using on = await fixture(base);
  const verification = await verifyChange(
    on,
    { ...inBackend, ...inWeb, "README.md": "The shop.\n" },
    { sandbox },
  );
  expect(verification).toMatchObject({
    verdict: "verified",
    testCommand: "(cd backend && python3 -m pytest) && (cd web && npm test)",
  });
  expect(inShort(verification)).toEqual([
    "backend/tests/test_gross.py test_gross: absent failed passed",
    "backend/tests/test_tax.py test_tax: passed passed passed",
    "web/test/euro.test.js has two places: absent failed passed",
    "web/test/free.test.js is free: passed passed passed",
  ]);
});

test("what is broken in one of two folders fails the whole", async () => {
  using on = await fixture(base);
  const broken = { ...inWeb, "web/price.js": "exports.euro = () => null;\nexports.free = exports.euro;\n" };
  const verification = await verifyChange(on, { ...inBackend, ...broken }, { sandbox });
  expect(verification).toMatchObject({ verdict: "failed", reason: "tests-broken" });
  expect(inShort(verification)).toContain("web/test/free.test.js is free: passed passed failed");
});

test("paths are the repository's where pytest finds its configuration further up", async () => {
  using on = await fixture({ ...base, "pytest.ini": "[pytest]\ntestpaths = elsewhere\n" });
  expect(inShort(await verifyChange(on, inBackend, { sandbox }))).toContain(
    "backend/tests/test_gross.py test_gross: absent failed passed",
  );
});

test("a setup that fails away from the change does not stand in its way", async () => {
  using on = await fixture({
    ...base,
    "shared/rates.json": "[10]\n",
    "web/package.json": JSON.stringify({
      scripts: { test: "node --test" },
      dependencies: { missing: "file:../missing.tgz" },
    }),
  });
  const verification = await verifyChange(on, { ...inBackend, "shared/rates.json": "[20]\n" }, { sandbox });
  expect(verification).toMatchObject({
    verdict: "verified",
    findings: [{ gate: "folder-untested", file: "web" }],
  });
});

test("the same names in two folders are told apart where no file says which is which", async () => {
  const makefile = (name: string) => `test:\n\t@printf '1..1\\nok 1 - works\\n'; grep -q 2 ${name}\n`;
  using on = await fixture({
    "one/Makefile": makefile("a.txt"),
    "one/a.txt": "2\n",
    "two/Makefile": makefile("b.txt"),
    "two/b.txt": "2\n",
  });
  const verification = await verifyChange(on, { "one/a.txt": "22\n", "two/b.txt": "22\n" }, { sandbox });
  expect(inShort(verification)).toEqual([
    "null one: works: passed passed passed",
    "null two: works: passed passed passed",
  ]);
});

test("a configured command is the only one", async () => {
  using on = await fixture(base);
  const config = { test: "cd web && node --test" };
  const verification = await verifyChange(on, { ...inBackend, ...inWeb }, { sandbox, config });
  expect(verification).toMatchObject({ verdict: "verified", testCommand: config.test });
  expect(inShort(verification)).toEqual([
    "web/test/euro.test.js has two places: absent failed passed",
    "web/test/free.test.js is free: passed passed passed",
  ]);
});
