import { mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "@jest/globals";
import { openSandbox } from "../../src/sandbox/open-sandbox.ts";
import { openBaselines } from "../../src/verify/baselines.ts";
import { suite } from "../helpers/verification.ts";
import { fixture } from "./repository.ts";
import { verifyChange } from "./verifying.ts";

const sandbox = await openSandbox({ provider: "bubblewrap", acceptNoSandbox: false });
const top = mkdtempSync(join(tmpdir(), "firstdraft-baselines-"));
afterAll(() => rmSync(top, { recursive: true, force: true }));

const nodeTest = (name: string, body: string) =>
  `const test = require("node:test");\nconst assert = require("node:assert");\ntest("${name}", () => {\n  ${body}\n});\n`;
const base = {
  "package.json": JSON.stringify({ scripts: { test: "node --test" } }),
  "lib.js": "exports.one = 1;\nexports.two = 3;\n",
  "test/one.test.js": nodeTest("one", 'assert.equal(require("../lib.js").one, 1);'),
};
const fixed = { "lib.js": "exports.one = 1;\nexports.two = 2;\n" };
const proof = { "test/two.test.js": nodeTest("two", 'assert.equal(require("../lib.js").two, 2);') };

test("a base is run once, and the next change to it takes what is kept", async () => {
  using on = await fixture(base);
  const baselines = openBaselines(join(top, "kept"));
  const first = await verifyChange(on, { ...fixed, ...proof }, { sandbox, baselines });
  expect(first).toMatchObject({ verdict: "verified" });
  expect(first.suites.base?.keptSince).toBeUndefined();

  // as another process would
  const again = openBaselines(join(top, "kept"));
  const second = await verifyChange(on, fixed, { sandbox, baselines: again });
  expect(second).toMatchObject({ verdict: "tests-pass", reason: "no-new-test" });
  expect(second.suites.base).toMatchObject({
    keptSince: expect.any(String),
    tests: first.suites.base?.tests,
  });
});

test("another test command is another base, and so is another image", async () => {
  using on = await fixture(base);
  const baselines = openBaselines(join(top, "commands"));
  await verifyChange(on, fixed, { sandbox, baselines });
  const other = await verifyChange(on, fixed, {
    sandbox,
    baselines,
    config: { test: "node --test test/*.js" },
  });
  expect(other.suites.base?.keptSince).toBeUndefined();
  const elsewhere = await verifyChange(on, fixed, { sandbox: { ...sandbox, image: "sha256:1" }, baselines });
  expect(elsewhere.suites.base?.keptSince).toBeUndefined();
});

test("a kept result that would blame the change is checked first", async () => {
  using on = await fixture(base);
  const baselines = openBaselines(join(top, "blame"));
  const red = { "test/one.test.js": nodeTest("one", "assert.fail();") };
  const first = await verifyChange(on, red, { sandbox, baselines });
  expect(first).toMatchObject({ verdict: "failed", reason: "tests-broken" });
  const second = await verifyChange(on, red, { sandbox, baselines });
  expect(second).toMatchObject({ verdict: "failed", reason: "tests-broken" });
  expect(second.suites.base?.keptSince).toBeUndefined();
});

test("what is old, broken or of another form is not there, and old files go", async () => {
  const folder = join(top, "files");
  const baselines = openBaselines(folder);
  await baselines.write("a", [suite([])]);
  expect(await baselines.read("a")).toEqual([suite([])]);

  const old = (Date.now() - 8 * 86_400_000) / 1000;
  utimesSync(join(folder, "a.json"), old, old);
  expect(await baselines.read("a")).toBeNull();
  await baselines.write("b", [suite([])]);
  expect(readdirSync(folder)).toEqual(["b.json"]);

  writeFileSync(join(folder, "b.json"), '{"form":1,"runs":[');
  expect(await baselines.read("b")).toBeNull();
  writeFileSync(join(folder, "b.json"), '{"form":0,"runs":[{}]}');
  expect(await baselines.read("b")).toBeNull();
});
