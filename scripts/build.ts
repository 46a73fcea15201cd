import { copyFile, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { basename, join } from "node:path";
import { type BuildOptions, build } from "esbuild";
import { wasmFiles } from "../src/review/wasm-files.ts";

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
  metafile: true,
} as const satisfies BuildOptions;
const whole = { ...common, banner: { js: require }, minify: true } as const;

/** What the App alone needs, and what has files of its own beside its code. */
const installed = ["probot", "pg-boss", "pg", "@electric-sql/pglite", "emulate"];

await rm(out, { recursive: true, force: true });
const builds = await Promise.all([
  // The Action runs where nothing is installed: one file with everything in it.
  build({ ...whole, keepNames: true, entryPoints: { index: "src/action/main.ts" } }),
  // What runs inside the sandbox, where nothing else of this program is to be seen.
  build({ ...whole, entryPoints: { toolbox: "src/sandbox/toolbox/main.ts" } }),
  // The process in which the review parses code.
  build({ ...whole, entryPoints: { review: "src/review/main.ts" } }),
  // Installed with its packages, of which the larger ones stay outside; each command in a file of its own, so that one
  // does not load another's.
  build({ ...whole, external: installed, splitting: true, entryPoints: { cli: "src/cli/main.ts" } }),
]);

// What that process reads beside itself: the parser, the rules' engine, and a grammar for each language.
const { resolve } = createRequire(import.meta.url);
for (const file of wasmFiles) await copyFile(resolve(file), join(out, basename(file)));

for (const { metafile } of builds) {
  const outputs = Object.entries(metafile.outputs);
  const [file = ""] = outputs.find(([, { entryPoint = "" }]) => entryPoint.endsWith("/main.ts")) ?? [];
  const bytes = outputs.reduce((sum, [, output]) => sum + output.bytes, 0);
  const packages = new Set(Object.keys(metafile.inputs).flatMap(packageOf));
  console.log(`${file}  ${(bytes / 1e6).toFixed(2)} MB  ${[...packages].sort().join(" ")}`);
}

/** The package that a file belongs to; none for our own. */
function packageOf(file: string): string[] {
  return /^.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.slice(1) ?? [];
}
