import { spawnSync } from "node:child_process";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { check, packageJson } from "./checking.ts";
import { type Registries, startRegistries } from "./registries.ts";

let registries: Registries;

beforeAll(async () => {
  registries = await startRegistries({
    "left-pad": { days: 4000, latest: "1.3.0", licence: "WTFPL" },
    "fresh-pad": { days: 3, licence: "MIT" },
    "express-js": { days: 900, licence: "ISC" },
    "ageless-pad": {},
    "harmful-pad": { days: 900, latest: "0.0.1-security" },
    "@acme/known": { days: 900 },
    "hostile-pad": { days: 900, licence: "![x](//evil.example/x) canary-secret" },
    "old-thing": { days: 3000, latest: "2.5.0", licence: "Apache-2.0" },
    "young-thing": { days: 0 },
    "example.org/old": { days: 2000 },
    "example.org/!capital": { days: 29 },
    "example.org/commits": {},
    padding: { days: 700 },
    snake_case: { days: 700 },
  });
});
afterAll(async () => {
  await registries[Symbol.asyncDispose]();
});

const said = (findings: Awaited<ReturnType<typeof check>>) =>
  findings.map(({ gate, weight, line, reason }) => `${gate} ${weight} ${line} ${reason}`);

test("npm: what does not exist blocks; age, licence and version of the rest are told", async () => {
  const findings = await check(
    { "package.json": packageJson({ known: "1" }) },
    {
      "package.json": packageJson({
        known: "2",
        "left-pad": "^1.3.0",
        "no-such-pad": "1",
        "fresh-pad": "1",
        "express-js": "1",
        "ageless-pad": "*",
        alias: "npm:harmful-pad@1",
        "Bad name; rm": "1",
        "from-git": "acme/sums#main",
      }),
    },
    registries.env,
  );
  expect(said(findings)).toEqual([
    'dependency-added remark 5 The new dependency "left-pad" (npm): first published 10 years ago, latest version 1.3.0, licence WTFPL, downloads not known.',
    `dependency-unknown blocking 6 The new dependency "no-such-pad" does not exist in npm's registry: whoever registers that name decides what it is.`,
    'dependency-young remark 7 The new dependency "fresh-pad" (npm): first published 3 days ago, latest version 1.0.0, licence MIT, downloads not known.',
    'dependency-near-name remark 8 The new dependency "express-js" (npm): first published 2 years ago, latest version 1.0.0, licence ISC, downloads not known. Its name is that of "express", a well-known package, but for a usual beginning or ending.',
    'dependency-unchecked remark 9 The new dependency "ageless-pad" (npm): age not known, latest version 1.0.0, licence not known, downloads not known.',
    `dependency-unknown blocking 10 The new dependency "harmful-pad" was taken down in npm's registry for doing harm; only its name is left.`,
    'dependency-unchecked remark 11 The new dependency "Bad name; rm" (npm) was not checked: no registry takes such a name.',
    'dependency-unchecked remark 12 The new dependency "from-git" (npm) was not checked: it comes from "acme/sums#main".',
  ]);
});

test("npm: a private scope and the repository's own packages are said to be unchecked, a public scope blocks", async () => {
  const findings = await check(
    {
      "package.json": packageJson({ "@acme/known": "1", "@types/node": "22" }),
      "packages/own/package.json": '{"name":"own"}',
    },
    {
      "package.json": packageJson({
        ...{ "@acme/known": "1", "@types/node": "22" },
        ...{ "@acme/hidden": "1", "@types/invented": "1", own: "1" },
      }),
    },
    registries.env,
  );
  expect(said(findings)).toEqual([
    'dependency-unchecked remark 6 The new dependency "@acme/hidden" (npm) was not checked: the registry shows it to nobody who is not signed in, as it may others of this scope.',
    `dependency-unknown blocking 7 The new dependency "@types/invented" does not exist in npm's registry: whoever registers that name decides what it is.`,
    'dependency-unchecked remark 8 The new dependency "own" (npm) was not checked: this repository has a package of that name in "packages/own/package.json".',
  ]);
});

test("PyPI, by the index that pip names", async () => {
  const findings = await check(
    {},
    { "requirements.txt": "old.Thing>=2\nyoung_thing\nno-such-thing==1.0\n" },
    registries.env,
  );
  expect(said(findings)).toEqual([
    'dependency-added remark 1 The new dependency "old-thing" (PyPI): first published 8 years ago, latest version 2.5.0, licence Apache-2.0, downloads not known.',
    'dependency-young remark 2 The new dependency "young-thing" (PyPI): first published today, latest version 1.0.0, licence not known, downloads not known.',
    `dependency-unknown blocking 3 The new dependency "no-such-thing" does not exist in PyPI's registry: whoever registers that name decides what it is.`,
  ]);
});

test("Go, by the proxy that go names: its lowest version is its age, and commits are none", async () => {
  const mod = `module example.org/sums

go 1.19

require (
	example.org/old v1.10.0
	example.org/Capital v1.9.0
	example.org/commits v0.0.0-20200101000000-abcdefabcdef
	example.org/no-such v1.0.0
)
`;
  const findings = await check(
    { "go.mod": mod.slice(0, mod.indexOf("require")) },
    { "go.mod": mod },
    registries.env,
  );
  const facts = "licence not known, downloads not known";
  expect(said(findings)).toEqual([
    `dependency-added remark 6 The new dependency "example.org/old" (Go): first published 5 years ago, latest version v1.10.0, ${facts}.`,
    `dependency-young remark 7 The new dependency "example.org/Capital" (Go): first published 29 days ago, latest version v1.10.0, ${facts}.`,
    `dependency-unchecked remark 8 The new dependency "example.org/commits" (Go): age not known, latest version v1.10.0, ${facts}.`,
    `dependency-unknown blocking 9 The new dependency "example.org/no-such" does not exist in Go's registry: whoever registers that name decides what it is.`,
  ]);
});

test("Cargo, by the index that cargo names; a cargo that cannot ask is said to be the reason", async () => {
  const manifest = '[package]\nname = "sums"\nversion = "0.1.0"\n\n[dependencies]\n';
  const findings = await check(
    { "Cargo.toml": manifest },
    { "Cargo.toml": `${manifest}padding = "1"\nno-such-pad = "1"\nsnake-case = "1"\n` },
    registries.env,
  );
  const canAsk = spawnSync("cargo", ["info", "--help"]).status === 0;
  const why = "was not checked: this cargo has no `cargo info`";
  expect(said(findings)).toEqual(
    canAsk
      ? [
          'dependency-added remark 6 The new dependency "padding" (Cargo): first published 22 months ago, latest version 1.0.0, licence MIT, 12,345 downloads.',
          ...[`7 The new dependency "no-such-pad"`, `8 The new dependency "snake-case"`].map(
            (one) =>
              `dependency-unknown blocking ${one} does not exist in Cargo's registry: whoever registers that name decides what it is.`,
          ),
        ]
      : [
          `dependency-unchecked remark 6 The new dependency "padding" (Cargo) ${why}.`,
          `dependency-unchecked remark 7 The new dependency "no-such-pad" (Cargo) ${why}.`,
          `dependency-unchecked remark 8 The new dependency "snake-case" (Cargo) ${why}.`,
        ],
  );
});

test("without network nothing is asked, and each is said to be unchecked; names are looked at all the same", async () => {
  const before = registries.asked.length;
  const findings = await check({}, { "package.json": packageJson({ "left-pad": "1", lodahs: "1" }) }, null);
  expect(registries.asked).toHaveLength(before);
  const why = "was not checked: this repository's configuration allows no network.";
  expect(said(findings)).toEqual([
    `dependency-unchecked remark 4 The new dependency "left-pad" (npm) ${why}`,
    `dependency-near-name remark 5 The new dependency "lodahs" (npm) ${why} Its name is that of "lodash", a well-known package, but for the order of two letters.`,
  ]);
});

test("where no registry answers, what was to be asked is unchecked and says why", async () => {
  const nobody = "http://127.0.0.1:9";
  const findings = await check(
    {},
    {
      "package.json": packageJson({ "left-pad": "1" }),
      "requirements.txt": "old-thing\n",
      "go.mod": "module example.org/sums\n\nrequire example.org/old v1.0.0\n",
    },
    { npm_config_registry: `${nobody}/`, PIP_INDEX_URL: `${nobody}/simple`, GOPROXY: nobody },
  );
  expect(findings.map(({ gate, reason }) => `${gate} ${reason.replace(/.* was/, "was")}`)).toEqual([
    "dependency-unchecked was not checked: Go's module proxy gave no answer.",
    "dependency-unchecked was not checked: npm could not ask its registry (ECONNREFUSED).",
    "dependency-unchecked was not checked: pip's index gave no answer.",
  ]);
});

test("a change of versions asks nobody; a change of the place does not pass for one", async () => {
  const before = registries.asked.length;
  const base = {
    "package.json": packageJson({ "left-pad": "1" }),
    "web/package.json": packageJson({ other: "1" }),
  };
  const versions = { "package.json": packageJson({ "left-pad": "2", other: "2" }) };
  expect(await check(base, versions, registries.env)).toEqual([]);
  expect(registries.asked).toHaveLength(before);
  const place = { "package.json": packageJson({ "left-pad": "https://evil.example/left-pad.tgz" }) };
  expect(said(await check(base, place, registries.env))).toEqual([
    'dependency-unchecked remark 4 The new dependency "left-pad" (npm) was not checked: it comes from "https://evil.example/left-pad.tgz".',
  ]);
});

test("the change's own settings do not choose who is asked, and answers are redacted", async () => {
  const findings = await check(
    {},
    {
      "package.json": packageJson({ "hostile-pad": "1" }),
      ".npmrc": "registry=http://127.0.0.1:9/\n",
    },
    registries.env,
  );
  expect(said(findings)).toEqual([
    'dependency-added remark 4 The new dependency "hostile-pad" (npm): first published 2 years ago, latest version 1.0.0, licence ![x](//evil.example/x) ***, downloads not known.',
  ]);
});

test("the base's own settings say which registry a scope has", async () => {
  const elsewhere = `@acme:registry=http://127.0.0.1:9/\n`;
  const findings = await check(
    { ".npmrc": elsewhere },
    { "package.json": packageJson({ "@acme/known": "1" }) },
    registries.env,
  );
  expect(said(findings)).toEqual([
    'dependency-unchecked remark 4 The new dependency "@acme/known" (npm) was not checked: npm could not ask its registry (ECONNREFUSED).',
  ]);
});

test("what the usual registry does not have may be in one that the base names, but not in one that the change names", async () => {
  const index = "--extra-index-url https://packages.example/simple\n";
  const manifest = { "package.json": packageJson({ "no-such-pad": "1" }) };
  const own = await check(
    { "requirements.txt": index, ".yarnrc.yml": "npmRegistryServer: https://packages.example\n" },
    { "requirements.txt": `${index}no-such-thing\n`, ...manifest },
    registries.env,
  );
  const why =
    "was not checked: the usual registry does not have it, and this repository names one of its own.";
  expect(said(own)).toEqual([
    `dependency-unchecked remark 4 The new dependency "no-such-pad" (npm) ${why}`,
    `dependency-unchecked remark 2 The new dependency "no-such-thing" (PyPI) ${why}`,
  ]);
  const change = { "requirements.txt": `${index}no-such-thing\n` };
  const [theirs] = await check({}, change, registries.env);
  expect(theirs).toMatchObject({ gate: "dependency-unknown", weight: "blocking" });
});

test("what a fixture invents is said and blocks nothing", async () => {
  const manifest = packageJson({ "no-such-pad": "1" });
  const findings = await check({}, { "test/fixtures/app/package.json": manifest }, registries.env);
  expect(findings.map(({ gate, weight }) => [gate, weight])).toEqual([["dependency-unknown", "remark"]]);
});

test("a manifest that cannot be read is said to be one", async () => {
  const findings = await check(
    { "package.json": packageJson({}) },
    { "package.json": '{"dependencies": {', "pyproject.toml": "[project\n" },
    registries.env,
  );
  const reason = "This manifest could not be read, so it is not known which dependencies it adds.";
  expect(findings).toEqual(
    ["package.json", "pyproject.toml"].map((file) => ({
      ...{ gate: "dependency-unchecked", weight: "remark", file, line: null, reason },
    })),
  );
});
