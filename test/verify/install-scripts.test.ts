import { expect, test } from "@jest/globals";
import { findToolchain } from "../../src/verify/find-toolchain.ts";

const refuses = "if (!/pnpm/.test(process.env.npm_execpath)) process.exit(1);\n";

test.each([
  ["uses no module, so it can only refuse", "node ./scripts/only.js", refuses, false],
  ["may build", "node scripts/only.js", 'require("child_process").execSync("tsc");\n', true],
  ["may build too", "node scripts/only.js", `${refuses}import("./build.js");\n`, true],
  ["is more than one program", "node scripts/only.js && tsc", refuses, true],
  ["is not there", "node scripts/gone.js", refuses, true],
])("what runs before an installation %s", async (_, preinstall, text, setupReadsSources) => {
  const manifest = { scripts: { test: "jest", preinstall }, devDependencies: { jest: "1" } };
  const files = { "package.json": JSON.stringify(manifest), "scripts/only.js": text };
  const look = {
    paths: Object.keys(files),
    read: async (path: string) => files[path as keyof typeof files] ?? null,
  };
  expect(await findToolchain(look, {})).toMatchObject({ setupReadsSources });
});

test.each([
  ["7.1.0", "7"],
  ["8.12.1", "8"],
  ["9.12.3", "9.12.3"],
  ["10.25.0", "10.25.0"],
])("where the machine has no pnpm, the repository's %s comes as pnpm@%s", async (named, installed) => {
  const manifest = {
    packageManager: `pnpm@${named}`,
    scripts: { test: "jest" },
    devDependencies: { jest: "1" },
  };
  const files = { "package.json": JSON.stringify(manifest), "pnpm-lock.yaml": "" };
  const look = {
    paths: Object.keys(files),
    read: async (path: string) => files[path as keyof typeof files] ?? null,
  };
  expect((await findToolchain(look, {})).setup).toContain(` pnpm@${installed}; }`);
});
