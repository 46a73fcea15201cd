import { rm, stat } from "node:fs/promises";
import { build } from "esbuild";

// Bundled CommonJS packages call require() for Node's own modules.
const banner = {
  js: 'import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);',
};

const common = {
  bundle: true,
  platform: "node",
  target: "node24",
  format: "esm",
  legalComments: "none",
} as const;

await rm("dist", { recursive: true, force: true });
await Promise.all([
  // The Action runs where nothing is installed: one file with everything in it.
  build({
    ...common,
    banner,
    minify: true,
    keepNames: true,
    entryPoints: ["src/action/main.ts"],
    outfile: "dist/index.js",
  }),
  // What runs inside the sandbox, where nothing else of this program is to be seen.
  build({
    ...common,
    banner,
    minify: true,
    entryPoints: ["src/sandbox/toolbox/main.ts"],
    outfile: "dist/toolbox.js",
  }),
  build({ ...common, packages: "external", entryPoints: ["src/cli/main.ts"], outfile: "dist/cli.js" }),
]);
for (const file of ["dist/index.js", "dist/toolbox.js", "dist/cli.js"]) {
  const { size } = await stat(file);
  console.log(`${file}  ${(size / 1e6).toFixed(2)} MB`);
}
