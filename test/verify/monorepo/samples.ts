import type { Look } from "../../../src/verify/look.ts";

export type Files = Readonly<Record<string, string>>;

export function look(files: Files): Look {
  return { paths: Object.keys(files), read: async (path) => files[path] ?? null };
}

export const json = (value: unknown) => JSON.stringify(value);
export const script = (test: string, more = {}) => json({ scripts: { test }, ...more });
export const jest = { devDependencies: { jest: "1" } };
export const pytest = "import pytest\n";
export const mod = (name: string, more = "") => `module example.com/${name}\n${more}`;
export const crate = (name: string, more = "") => `[package]\nname = "${name}"\n${more}`;

export const backendAndWeb = {
  "README.md": "",
  "shared/schema.json": "{}",
  "backend/requirements.txt": "six\n",
  "backend/app.py": "",
  "backend/tests/test_app.py": pytest,
  "web/package.json": script("jest", jest),
  "web/package-lock.json": "{}",
  "web/app.js": "",
  "web/app.test.js": "",
};
export const members = {
  "package.json": json({ workspaces: ["packages/*"], ...jest }),
  "package-lock.json": "{}",
  "packages/core/package.json": script("node --test"),
  "packages/core/core.test.js": 'require("node:test")',
  "packages/core/index.js": "",
  "packages/cli/package.json": script("jest"),
  "packages/cli/index.js": "",
  "packages/types/package.json": json({}),
};
const pnpm = {
  ...members,
  "package.json": script("pnpm -r test", jest),
  "pnpm-lock.yaml": "lockfileVersion: '9.0'\n",
  "pnpm-workspace.yaml": 'packages:\n  # all\n  - "packages/*"\n  - "!packages/cli"\n',
};
export const { "package-lock.json": _, ...pnpmMembers } = pnpm;
export const crates = {
  "Cargo.toml": '[workspace]\nmembers = ["crates/*"]\nexclude = ["crates/old"]\n',
  "crates/a/Cargo.toml": crate("alpha"),
  "crates/a/src/lib.rs": "",
  "crates/b/Cargo.toml": crate("beta"),
  "crates/old/Cargo.toml": crate("old"),
  "crates/old/src/lib.rs": "",
};
export const modules = { "go.mod": mod("root"), "a.go": "", "tools/go.mod": mod("tools"), "tools/t.go": "" };
