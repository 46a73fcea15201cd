import { expect, jest, test } from "@jest/globals";
import { patience } from "../helpers/until.ts";
import { type Files, fixture } from "../verify/repository.ts";
import { sandboxWithPackages, linkPackages as setup } from "../verify/verifying.ts";
import { ended, lintChange, said } from "./linting.ts";

jest.setTimeout(patience);
const sandbox = await sandboxWithPackages();
const manifest = JSON.stringify({ name: "shop", version: "1.0.0", private: true, type: "module" });
const rules = 'export default [{ rules: { "no-unused-vars": "error", eqeqeq: "warn" } }];\n';
const base: Files = {
  "package.json": manifest,
  "eslint.config.js": rules,
  "src/old.js": "const unused = 1;\nexport const same = (a, b) => a == b;\n",
};

test("eslint: what is new in a changed and in an added file, and nothing that was there", async () => {
  using on = await fixture(base);
  const linted = await lintChange(
    on,
    {
      // The old complaints have moved down.
      "src/old.js": `export const first = 1;\n\n${base["src/old.js"]}const more = 2;\n`,
      "src/new.js": "const a = 1;\nexport const none = (x) => x == null;\n",
    },
    { sandbox, setup },
  );
  expect(said(linted)).toEqual([
    "src/new.js:1: eslint: 'a' is assigned a value but never used. (no-unused-vars)",
    "src/old.js:5: eslint: 'more' is assigned a value but never used. (no-unused-vars)",
    "src/new.js:2: eslint: Expected '===' and instead saw '=='. (eqeqeq)",
  ]);
  expect(linted.findings.map(({ lint }) => lint?.severity)).toEqual(["error", "error", "warning"]);
  expect(ended(linted)).toEqual(["eslint: compared 3"]);
});

test("what the change makes of a line that it does not touch is new too", async () => {
  using on = await fixture({
    ...base,
    "src/use.js": 'import { same } from "./old.js";\n\nexport const is = (a) => same(a, 1);\n',
  });
  const linted = await lintChange(
    on,
    { "src/use.js": 'import { same } from "./old.js";\n\nexport const is = (a) => a === 1;\n' },
    { sandbox, setup },
  );
  expect(said(linted)).toEqual(["src/use.js:1: eslint: 'same' is defined but never used. (no-unused-vars)"]);
});

test("a change that switches its linter off is linted by what the base says", async () => {
  using on = await fixture(base);
  const linted = await lintChange(
    on,
    {
      "eslint.config.js": "export default [];\n",
      "src/new.js": "const a = 1;\n",
    },
    { sandbox, setup },
  );
  expect(said(linted)).toEqual([
    "src/new.js:1: eslint: 'a' is assigned a value but never used. (no-unused-vars)",
  ]);
});

test("where a folder took the place of the base's settings, the change is linted without them", async () => {
  using on = await fixture({ ...base, "tox.ini": "[flake8]\n" });
  const changed = { "tox.ini": null, "tox.ini/new.js": "const a = 1;\n" };
  const linted = await lintChange(on, changed, { sandbox, setup });
  expect(said(linted)).toEqual([
    "tox.ini/new.js:1: eslint: 'a' is assigned a value but never used. (no-unused-vars)",
  ]);
});

test("a linter that breaks with the change is a remark; one that is broken anyway says nothing", async () => {
  using on = await fixture({ ...base, "eslint.config.js": `import "./rules.js";\n${rules}`, "rules.js": "" });
  const broken = await lintChange(
    on,
    { "rules.js": 'throw new Error("canary-secret");\n', "src/new.js": "export const a = 1;\n" },
    { sandbox, setup },
  );
  expect(broken.findings).toMatchObject([{ gate: "linter-broken", weight: "remark" }]);
  expect(said(broken)[0]).toContain(
    "With this change eslint does not come to its end (it ended with exit code 2)",
  );
  expect(JSON.stringify(broken)).not.toContain("canary-secret");
  expect(ended(broken)).toEqual(["eslint: broken"]);

  using other = await fixture({ ...base, "eslint.config.js": 'throw new Error("always");\n' });
  const always = await lintChange(other, { "src/new.js": "const a = 1;\n" }, { sandbox, setup });
  expect(always).toMatchObject({ findings: [], linters: [{ name: "eslint", result: "unusable" }] });
});

test("prettier and biome: one finding for a file that they would change, and none for one that was so before", async () => {
  using on = await fixture({
    ...{ "package.json": manifest, ".prettierrc": "{}\n", "old.js": "export  const a=1\n" },
    "biome.json": JSON.stringify({
      formatter: { indentStyle: "space" },
      linter: { rules: { suspicious: { noDoubleEquals: "error" } } },
      vcs: { enabled: true, clientKind: "git", useIgnoreFile: true },
    }),
  });
  const linted = await lintChange(
    on,
    {
      "old.js": "export  const a=2\n",
      "new.js": "export const is = (x) => x == 1;\n",
      "odd,name.js": "export  const b=1\n",
      "prettier.config.js": "export default { semi: false };\n",
    },
    { sandbox, setup },
  );
  expect(said(linted)).toEqual([
    "new.js:1: biome: Using == may be unsafe if you are relying on type coercion. (lint/suspicious/noDoubleEquals)",
    "odd,name.js: biome: would change this file",
    "odd,name.js: prettier: would change this file",
  ]);
  expect(ended(linted)).toEqual(["biome: compared 2", "prettier: compared 1"]);
});

test("tsc: also what the change breaks in files that it does not touch", async () => {
  using on = await fixture({
    "package.json": manifest,
    "tsconfig.json": JSON.stringify({
      compilerOptions: { strict: true, module: "nodenext", types: [] },
      include: ["src"],
    }),
    "src/price.ts": "export const price = (cents: number): number => cents;\n",
    "src/cart.ts": 'import { price } from "./price.js";\n\nexport const total = price(1);\n',
    "src/old.ts": 'export const wrong: number = "text";\n',
  });
  const linted = await lintChange(
    on,
    { "src/price.ts": "export const price = (cents: string): string => cents;\n" },
    { sandbox, setup },
  );
  expect(said(linted)).toEqual([
    "src/cart.ts:3: tsc: Argument of type 'number' is not assignable to parameter of type 'string'. (TS2345)",
  ]);
});

test("nothing is run where nothing is configured, where nothing it reads changed, or where no time is given", async () => {
  using on = await fixture(base);
  const off = await lintChange(on, { "src/new.js": "const a = 1;\n" }, { sandbox, setup, lintMs: 0 });
  const other = await lintChange(on, { "README.md": "Words.\n" }, { sandbox, setup });
  using plain = await fixture({ "package.json": manifest });
  const none = await lintChange(
    plain,
    { "src/new.js": "const a = 1;\n", "eslint.config.js": rules },
    { sandbox, setup },
  );
  const nothing = { findings: [], linters: [] };
  expect([off, other, none]).toEqual([nothing, nothing, nothing]);
});

test("what is configured and not installed is said, and what does not end in time", async () => {
  using on = await fixture(base);
  const missing = await lintChange(on, { "src/new.js": "const a = 1;\n" }, { sandbox });
  expect(missing).toEqual({
    findings: [],
    linters: [{ name: "eslint", folder: "", result: "missing", found: 0 }],
  });
  using slow = await fixture({ ...base, "eslint.config.js": `while (true);\n${rules}` });
  const late = await lintChange(slow, { "src/new.js": "const a = 1;\n" }, { sandbox, setup, lintMs: 2_000 });
  expect(late).toMatchObject({ findings: [], linters: [{ result: "late" }] });
});

test("an added line that silences a linter is a remark", async () => {
  using on = await fixture(base);
  const linted = await lintChange(
    on,
    {
      "src/new.js": "// eslint-disable-next-line no-unused-vars\nconst a = 1;\n",
      "notes.md": "<!-- eslint-disable -->\n",
    },
    { sandbox, setup },
  );
  expect(linted.findings).toMatchObject([
    { gate: "linter-silenced", weight: "remark", file: "src/new.js", line: 1 },
  ]);
});

test("a linter's settings are code that sees neither a network nor anything of the controller's environment", async () => {
  process.env.FIRSTDRAFT_CANARY = "seen";
  const config = `import os from "node:os";
const words = () => [...Object.keys(os.networkInterfaces()), process.env.FIRSTDRAFT_CANARY].join(" ");
const show = { create: (context) => ({ Program: (node) => context.report({ node, message: words() || "none" }) }) };
export default [{ plugins: { own: { rules: { show } } }, rules: { "own/show": "error" } }];
`;
  using on = await fixture({ ...base, "eslint.config.js": config });
  const linted = await lintChange(on, { "src/new.js": "export const a = 1;\n" }, { sandbox, setup });
  delete process.env.FIRSTDRAFT_CANARY;
  expect(said(linted)).toEqual([expect.stringMatching(/^src\/new\.js:1: eslint: (lo|none) \(own\/show\)$/)]);
});
