import { expect, test } from "@jest/globals";
import { findToolchain } from "../../src/verify/find-toolchain.ts";

const files = (backend: string, dependencies: string) => ({
  "pyproject.toml": `[build-system]\nbuild-backend = "${backend}"\n\n[project]\ndependencies = [${dependencies}]\n`,
  "src/a/__init__.py": "",
  "tests/test_a.py": "import pytest\n",
});

test.each([
  ["setuptools.build_meta", "", "PYTHONPATH=src .venv/bin/python -m pytest"],
  ["setuptools.build_meta", '"six"', "PYTHONPATH=src .venv/bin/python -m pytest"],
  ["mesonpy", '"six"', ".venv/bin/python -m pytest"],
])("%s with dependencies [%s] is tested by `%s`", async (backend, dependencies, command) => {
  const texts: Record<string, string> = files(backend, dependencies);
  const look = { paths: Object.keys(texts), read: async (path: string) => texts[path] ?? null };
  const { test: found } = await findToolchain(look, {});
  expect(found?.replace(/python3/, ".venv/bin/python")).toBe(command);
});
