import { rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { type BuildOptions, build } from "esbuild";

/** Folder to build into; default `dist`. What is in it is removed. */
const out = process.argv[2] ?? "dist";

// Bundled CommonJS packages call require() for Node's own modules.
const require =
  'import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);';

const common = {
  bundle: true,
  platform: "node",
  target: "node24",
  format: "esm",
  legalComments: "none",
  outdir: out,
} as const satisfies BuildOptions;
const whole = { ...common, banner: { js: require }, minify: true } as const;

await rm(out, { recursive: true, force: true });
await Promise.all([
  // The Action runs where nothing is installed: one file with everything in it.
  build({ ...whole, keepNames: true, entryPoints: { index: "src/action/main.ts" } }),
  // What runs inside the sandbox, where nothing else of this program is to be seen.
  build({ ...whole, entryPoints: { toolbox: "src/sandbox/toolbox/main.ts" } }),
  // Installed with its packages; each command in a file of its own, so that one does not load another's.
  build({ ...common, packages: "external", splitting: true, entryPoints: { cli: "src/cli/main.ts" } }),
]);
for (const file of ["index.js", "toolbox.js", "cli.js"].map((name) => join(out, name))) {
  const { size } = await stat(file);
  console.log(`${file}  ${(size / 1e6).toFixed(2)} MB`);
}
