import { expect, test } from "@jest/globals";
import { findLinters } from "../../src/lint/find-linters.ts";
import { linters } from "../../src/lint/linters/index.ts";
import type { FileChange } from "../../src/workspace/types.ts";

const file = (path: string, more: Partial<FileChange> = {}): FileChange => ({
  ...{ path, status: "added", mode: "100644", blob: "b", binary: false, addedLines: 1, deletedLines: 0 },
  ...more,
});

/** What is run, as `name in folder: files`. */
async function found(base: Readonly<Record<string, string>>, ...changes: FileChange[]) {
  const look = { paths: Object.keys(base), read: async (path: string) => base[path] ?? null };
  const tasks = await findLinters(linters, look, changes);
  return tasks.map(({ linter, folder, head }) => `${linter.name} in ${folder || "."}: ${head.join(" ")}`);
}

test("by the nearest settings, or the outermost where they add up", async () => {
  const base = {
    "eslint.config.js": "",
    "web/eslint.config.mjs": "",
    ".prettierrc": "",
    "web/.prettierrc": "",
    "node_modules/x/biome.json": "",
  };
  expect(await found(base, file("web/a.ts"), file("b.js"), file("c.css"))).toEqual([
    "prettier in .: web/a.ts b.js c.css",
    "eslint in web: web/a.ts",
    "eslint in .: b.js",
  ]);
});

test("a file for several things counts where it says so", async () => {
  const names = async (path: string, text: string, changed: string) =>
    (await found({ [path]: text }, file(changed))).map((line) => line.replace(/ in .*/, ""));
  expect(await names("pyproject.toml", "[tool.poetry]\n[tool.ruff.lint]\n[tool.black]\n", "a.py")).toEqual([
    ...["ruff", "black"],
  ]);
  expect(await names("pyproject.toml", "[tool.ruff]\n[tool.ruff.format]\n", "a.py")).toEqual([
    ...["ruff", "ruff format"],
  ]);
  expect(await names("pyproject.toml", "[tool.ruffian]\n# [tool.mypy]\n", "a.py")).toEqual([]);
  expect(await names("setup.cfg", "[mypy-vendor.*]\nx = 1\n[flake8]\n", "a.py")).toEqual(["flake8", "mypy"]);
  expect(await names("package.json", '{ "devDependencies": { "prettier": "3.0.0" } }', "a.js")).toEqual([]);
  expect(await names("package.json", '{ "prettier": "@acme/style" }', "a.js")).toEqual(["prettier"]);
  expect(await names("web/package.json", '{ "eslintConfig": {} }', "web/a.js")).toEqual(["eslint"]);
  expect(await names("web/package.json", '{ "eslintConfig": {} }', "a.js")).toEqual([]);
});

test("clippy only where the repository says that it uses it", async () => {
  const crate = { "Cargo.toml": "[package]\n" };
  const workflow = ".github/workflows/ci.yml";
  expect(await found(crate, file("src/a.rs"))).toEqual(["cargo fmt in .: src/a.rs"]);
  for (const more of [{ [workflow]: "  - run: cargo +stable clippy\n" }, { "clippy.toml": "" }])
    expect(await found({ ...crate, ...more }, file("src/a.rs"))).toContain("cargo clippy in .: src/a.rs");
  expect(await found({ "Cargo.toml": "[lints.clippy]\nall = 1\n" }, file("a.rs"))).toHaveLength(2);
});

test("links, binaries and other files are nothing to lint; a deleted file is where the whole project is looked at", async () => {
  const base = { "eslint.config.js": "", "tsconfig.json": "{}" };
  const odd = [file("a.js", { mode: "120000" }), file("b.js", { binary: true }), file("c.md")];
  expect(await found(base, ...odd)).toEqual([]);
  expect(await found(base, file("d.ts", { status: "deleted" }))).toEqual(["tsc in .: "]);
});
